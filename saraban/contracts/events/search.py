"""What search says: the words inside files."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts.events import event


@event("file.text_extracted", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class TextExtracted:
    """The text of a file was read. `flags` are stable codes such as `no_text` (a scan without text), `unreadable`,
    `killed` (its parser was stopped by its limits), `sara_am_repaired`."""

    sha256: str
    pages: int
    characters: int
    flags: tuple[str, ...]
