"""What search remembers of the log: letters, files, and which letters the index does not hold as they are now.

`letters` holds one document a letter, found by its files. `files` holds one document a file; those nobody has read yet
stand under `waiting`. `changed` holds, for each letter, the log position of what last changed its words or its
audience: sorted by it, the letters form a queue that the indexer works off in order. The texts of files are records,
since they are not in the log: what is lost is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from saraban.contracts import codec
from saraban.contracts.access import audience_to_wire
from saraban.contracts.events import WIRE
from saraban.contracts.events import intake as said_by_intake
from saraban.contracts.events import search as said
from saraban.contracts.shapes import shaped
from saraban.follow import Happened, Projection
from saraban.ports import Change, Document, Put, ViewReader, Views
from services.search.domain.file_text import FileText
from services.search.domain.letter import Letter, evolve

LETTERS = "letters"
FILES = "files"
CHANGED = "changed"
TEXTS = "texts"

YES = ["yes"]
ANY_NUMBER = 1_000_000


def projections() -> dict[str, Projection]:
    """Wire name → what it changes. Every event of a letter may change its words or who may see it."""
    codec.load_events()
    letters = [name for name in WIRE if name.startswith("letter.")]
    return {
        **dict.fromkeys(letters, letter_changes),
        "file.stored": file_stored,
        "file.text_extracted": text_extracted,
    }


def letter_changes(happened: Happened, reader: ViewReader) -> Iterator[Change]:
    """One more event of a letter's stream."""
    before = letter_of(reader.get(LETTERS, happened.event.letter_id))
    after = evolve(before, happened.event, happened.at)
    if after is not None and after != before:
        yield _put_letter(after)
        yield _put_changed(after.letter_id, happened.position)


def file_stored(happened: Happened, _reader: ViewReader) -> Iterator[Change]:
    """A file came: it waits to be read."""
    event: said_by_intake.FileStored = happened.event
    doc = {"sha256": event.sha256, "media_type": event.media_type, "size": event.size, "read": None}
    yield Put(table=FILES, key=event.sha256, doc=doc, index={"waiting": YES}, sort=happened.at)


def text_extracted(happened: Happened, reader: ViewReader) -> Iterator[Change]:
    """A file was read: the letters that it belongs to have more words now."""
    event: said.TextExtracted = happened.event
    known = reader.get(FILES, event.sha256) or {"sha256": event.sha256, "media_type": "", "size": 0}
    facts = {"pages": event.pages, "characters": event.characters, "flags": list(event.flags)}
    yield Put(table=FILES, key=event.sha256, doc={**known, "read": facts}, sort=happened.at)
    for letter in reader.find(LETTERS, "file", [event.sha256], limit=ANY_NUMBER):
        yield _put_changed(letter.key, happened.position)


def letter_of(doc: Document | None) -> Letter | None:
    """The letter behind its document."""
    return shaped(doc, Letter) if doc is not None else None


def text_of(views: Views, sha256: str) -> FileText | None:
    """What was read from a file; None when nobody has read it yet."""
    doc = views.record(TEXTS, sha256)
    return shaped(doc, FileText) if doc is not None else None


def texts_of(views: Views, letter: Letter) -> list[FileText]:
    """What was read by now from the files of a letter, in their order."""
    texts = (text_of(views, sha256) for sha256 in dict.fromkeys(one.sha256 for one in letter.files))
    return [text for text in texts if text is not None]


def keep_text(views: Views, text: FileText) -> None:
    """Keep what was read from a file."""
    doc: dict[str, Any] = msgspec.to_builtins(text)
    views.put_record(TEXTS, text.sha256, doc)


def place(position: int) -> str:
    """A log position as text that sorts like the number."""
    return f"{position:016d}"


def _put_letter(letter: Letter) -> Put:
    doc = {**msgspec.to_builtins(letter), "audience": audience_to_wire(letter.audience)}
    files: Iterable[str] = dict.fromkeys(one.sha256 for one in letter.files)
    return Put(table=LETTERS, key=letter.letter_id, doc=doc, index={"file": list(files)}, sort=letter.at)


def _put_changed(letter_id: str, position: int) -> Put:
    doc = {"letter_id": letter_id, "position": position}
    return Put(table=CHANGED, key=letter_id, doc=doc, index={"all": YES}, sort=place(position))
