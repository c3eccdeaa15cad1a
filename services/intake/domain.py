"""What is known of one file, and what can be said about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from saraban.contracts.events import intake as said

EXAMINED = {
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/tiff",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
}
"""Types into which intake looks; the others have no inside that could be encrypted or broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as its stream tells it: nothing, stored, or stored and examined. `version` is its stream's; other services
    speak on that stream too."""

    version: int = 0
    stored: said.FileStored | None = None
    scanned: said.FileScanned | None = None


def evolve(file: File, happened: object) -> File:
    """The file after one more event."""
    match happened:
        case said.FileStored():
            return replace(file, stored=happened)
        case said.FileScanned():
            return replace(file, scanned=happened)
        case _:
            return file


def fold(version: int, events: Iterable[object]) -> File:
    """The file after all its events; `version` is that of the last one."""
    file = File(version=version)
    for happened in events:
        file = evolve(file, happened)
    return file


def store(file: File, sha256: str, size: int, name: str, media_type: str) -> said.FileStored | None:
    """Keep a file; nothing is said when the same bytes were kept before."""
    if file.stored is not None:
        return None
    return said.FileStored(sha256=sha256, size=size, name=name, media_type=media_type)


def needs_examination(file: File) -> bool:
    """Whether a stored file was not looked into yet."""
    return file.stored is not None and file.scanned is None


def examine(file: File, found: dict[str, Any]) -> said.FileScanned | None:
    """What the examination found (pages, flags); nothing is said when it was said before."""
    if file.stored is None or not needs_examination(file):
        return None
    return said.FileScanned(sha256=file.stored.sha256, pages=found["pages"], flags=tuple(found["flags"]))
