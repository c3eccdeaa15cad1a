"""Making the PDF of an external letter."""

from __future__ import annotations

from typing import Any

from saraban.contracts.actor import SYSTEM, signature
from services.intake.commands import ComposeLetter
from services.intake.desk import Desk
from services.intake.handlers.store import keep, made
from services.intake.names import name_of_letter, safe_name


def compose_letter(command: ComposeLetter, desk: Desk) -> dict[str, Any]:
    """Make the PDF, keep it, and answer its FileRef. The same letter gives the same bytes, so asking twice keeps one
    file. Raises ChildKilled when the letter could not be set, StoreFull."""
    letter = {"thai_numerals": desk.settings.thai_digits, **command.letter}
    name = safe_name(command.name) if command.name else name_of_letter(letter.get("number", ""), letter["subject"])
    with desk.scratch() as path:
        desk.run("saraban.paper.external_letter:render", letter, str(path), desk.assets, memory_mb=768)
        kept = keep(made(path), name, "application/pdf", signature(SYSTEM), desk)
    return {**{field: kept[field] for field in ("sha256", "name", "media_type", "size")}, "role": "fair_copy"}
