"""Copies with the stamp and pictures of pages: made when first asked for, then kept beside the original."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from saraban.broker.threads import in_thread
from saraban.contracts.errors.files import FileUnknown, NotShowable
from saraban.contracts.events.intake import FileStored
from services.intake.commands import ShowPage, StampFile
from services.intake.desk import Desk

SHOWABLE = {"application/pdf", "image/png", "image/jpeg", "image/tiff"}
LARGEST = 600_000_000


def stamp_file(command: StampFile, desk: Desk) -> str:
    """The key of the stamped copy. Raises FileUnknown; NotShowable for what is no PDF, encrypted or broken;
    ChildKilled for a PDF that breaks its reader."""
    facts = {**command.facts}
    facts.setdefault("thai_numerals", desk.settings.thai_digits)
    told = hashlib.sha256(msgspec.json.encode(facts, order="sorted")).hexdigest()[:16]

    def make(stored: FileStored, source: str, target: str) -> dict[str, Any]:
        if stored.media_type != "application/pdf":
            return {"reason": "no_pdf"}
        return _answer(desk, "saraban.paper.stamp:stamp_first_page", source, facts, target, desk.assets)

    return _derived(command.sha256, f"{command.sha256}.stamped-{told}.pdf", make, desk)


def show_page(command: ShowPage, desk: Desk) -> str:
    """The key of the picture of a page. Raises as `stamp_file` does."""

    def make(stored: FileStored, source: str, target: str) -> dict[str, Any]:
        if stored.media_type not in SHOWABLE:
            return {"reason": "no_pages"}
        function = "services.intake.inside.show_page:show_page"
        return _answer(desk, function, source, stored.media_type, command.page, target)

    return _derived(command.sha256, f"{command.sha256}.page-{command.page}.png", make, desk)


def _derived(sha256: str, key: str, make: Callable[[FileStored, str, str], dict[str, Any]], desk: Desk) -> str:
    if in_thread(desk.objects.stat, key) is not None:
        return key
    stored = desk.file(sha256).stored
    if stored is None:
        raise FileUnknown({"sha256": sha256})
    with desk.scratch() as target, desk.at_hand(sha256) as source:
        answer = make(stored, source, str(target))
        if "reason" in answer:
            raise NotShowable({"reason": answer["reason"]})
        desk.adopt(target, key)
    return key


def _answer(desk: Desk, function: str, *args: Any) -> dict[str, Any]:
    answer: dict[str, Any] = desk.run(function, *args, memory_mb=768, cpu_seconds=20, output_bytes=LARGEST)
    return answer
