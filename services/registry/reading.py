"""Looking at letters: who may, and the record of every look at a classified one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saraban import tickets
from saraban.broker.threads import in_thread
from saraban.contracts import ids
from saraban.contracts.actor import Actor
from saraban.contracts.errors.letters import FileNotStored, NotInThisState, UnknownChoice
from saraban.contracts.events.registry import ClassifiedLetterRead
from saraban.thai.dates import bangkok, format_short
from services.registry import queries
from services.registry.bootstrap import Registry

PURPOSES = ("file", "stamped", "preview")
BOOK_KINDS = ("receive", "send")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How someone wants to look at a file: `purpose` file, stamped or preview (of `page`); to keep it or to see it."""

    purpose: str
    page: int = 1
    download: bool = False


def letter(registry: Registry, actor: Actor, letter_id: str) -> dict[str, Any]:
    """A letter's page; a look at a classified one is recorded first."""
    page = in_thread(queries.letter_page, registry.views, actor, letter_id)
    if page.pop("secrecy_level") > 0:
        _record_look(registry, actor, letter_id, "page")
    return page


def open_file(registry: Registry, actor: Actor, letter_id: str, sha256: str, look: Look) -> dict[str, Any]:
    """The way to a file of a letter: {path, name, media_type, size}, good for a few minutes at intake.

    Raises LetterNotFound, FileNotStored for a file of no or another letter, NotInThisState when there is no stamp yet.
    """
    if look.purpose not in PURPOSES:
        raise UnknownChoice({"field": "purpose", "value": look.purpose, "choices": ", ".join(PURPOSES)})
    doc = in_thread(queries.letter_seen_by, registry.views, actor, letter_id)
    file = next((one for one in doc["files"] if one["sha256"] == sha256), None)
    if file is None:
        raise FileNotStored({"sha256": sha256})
    path = _path(registry, actor, doc, file, look)
    if doc["audience"]["secrecy"] > 0:
        _record_look(registry, actor, letter_id, look.purpose)
    return {"path": path, **{field: file[field] for field in ("name", "media_type", "size")}}


def book(registry: Registry, actor: Actor, kind: str, year: int | None, unit_id: str | None) -> tuple[str, str, int]:
    """Which register is meant: by default the open one of the actor's unit, for the central registry its own."""
    if kind not in BOOK_KINDS:
        raise UnknownChoice({"field": "kind", "value": kind, "choices": ", ".join(BOOK_KINDS)})
    central = actor.has("registry_clerk", "auditor")
    unit = unit_id or (registry.organisation().central_unit().unit_id if central else actor.unit_id)
    october = registry.settings.year_starts_in_october
    return unit, kind, year or queries.open_year(registry.clerk.clock.now(), starts_in_october=october)


def _path(registry: Registry, actor: Actor, doc: dict[str, Any], file: dict[str, Any], look: Look) -> str:
    secret, now, sha256 = registry.secret, registry.clerk.clock.now(), file["sha256"]
    if look.purpose == "preview":
        return tickets.preview_path(secret, now, sha256, page=look.page)
    if look.purpose == "stamped":
        facts = in_thread(queries.stamp_facts, registry.views, doc, actor.unit_id)
        if facts is None:
            raise NotInThisState({"status": doc["status"]})
        stamp = _stamp(facts)
        return tickets.stamped_path(secret, now, sha256, stamp=stamp, name=file["name"], download=look.download)
    media_type = file["media_type"]
    return tickets.file_path(secret, now, sha256, name=file["name"], media_type=media_type, download=look.download)


def _stamp(facts: dict[str, Any]) -> dict[str, str]:
    moment = bangkok(datetime.fromisoformat(facts["registered_at"]))
    return {
        "agency": facts["agency"],
        "number": facts["number"],
        "day": format_short(moment.date()),
        "time": f"{moment:%H.%M} น.",
    }


def _record_look(registry: Registry, actor: Actor, letter_id: str, what: str) -> None:
    looked = ClassifiedLetterRead(letter_id=letter_id, officer_id=actor.officer_id, what=what)
    said = [(ids.letter_stream(letter_id), looked)]
    registry.clerk.write(f"look:{ids.new_id()}", actor, "look", lambda _: said)
