"""What intake remembers of the log: one document per file, and which files wait for their examination."""

from __future__ import annotations

from collections.abc import Iterable

from saraban.contracts.events import intake as said
from saraban.follow import Happened
from saraban.ports import Change, Put, ViewReader

FILES = "files"
WAITING = "examine"
"""The value of the index `work` under which files stand that were not looked into yet."""


def file_stored(happened: Happened, _reader: ViewReader) -> Iterable[Change]:
    """A file came: it waits for its examination."""
    event: said.FileStored = happened.event
    doc = {
        "sha256": event.sha256,
        "size": event.size,
        "name": event.name,
        "media_type": event.media_type,
        "stored_at": happened.at,
        "pages": None,
        "flags": [],
    }
    yield Put(table=FILES, key=event.sha256, doc=doc, index={"work": [WAITING]}, sort=happened.at)


def file_scanned(happened: Happened, reader: ViewReader) -> Iterable[Change]:
    """A file was looked into."""
    event: said.FileScanned = happened.event
    known = reader.get(FILES, event.sha256) or {}
    doc = {**known, "pages": event.pages, "flags": list(event.flags)}
    yield Put(table=FILES, key=event.sha256, doc=doc, sort=doc["stored_at"])


PROJECTIONS = {"file.stored": file_stored, "file.scanned": file_scanned}
