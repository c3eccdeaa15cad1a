"""Keeping files: uploads that come as streams, and files that intake made itself."""

from __future__ import annotations

import errno
import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from saraban.broker.threads import in_thread
from saraban.contracts import ids
from saraban.contracts.errors import Invalid, SarabanError
from saraban.contracts.errors.files import FileEmpty, FileTooLarge, FileTruncated, FileTypeMismatch, FileTypeNotTaken
from saraban.contracts.errors.log import StoreFull
from saraban.contracts.events.intake import FileRejected
from saraban.files import Readable
from services.intake import domain
from services.intake.commands import StoreFile
from services.intake.desk import Desk
from services.intake.file_types import HEAD, claimed_type, real_type

log = structlog.get_logger(__name__)

PIECE = 256 * 1024
UNKNOWN_TYPE = "application/octet-stream"
"""Of a file that was taken although it is of no type that the office takes: it is kept and offered for saving."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(slots=True, kw_only=True)
class Arrival:
    """A file on its way in: where it is written, and what is known so far."""

    path: Path
    size: int = 0
    head: bytes = b""
    digest: Any = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        """The SHA-256 of all that came, in hexadecimal digits."""
        return str(self.digest.hexdigest())


def store_file(command: StoreFile, body: Readable, desk: Desk) -> dict[str, Any]:
    """Keep an upload and answer {sha256, name, media_type, size, duplicate}.

    Raises FileTooLarge, FileEmpty, FileTruncated, FileTypeNotTaken, FileTypeMismatch, StoreFull: nothing was kept.
    """
    if command.announced is not None and command.announced > command.limit:
        raise FileTooLarge({"limit": command.limit})
    if not command.any_type:
        claimed_type(command.name, command.declared)
    with _taken_in(body, command, desk) as arrival:
        try:
            media_type = real_type(command.name, command.declared, arrival.head)
        except (FileTypeNotTaken, FileTypeMismatch) as error:
            if not command.any_type:
                _tell_rejected(command, arrival, error, desk)
                raise
            media_type = UNKNOWN_TYPE
        return keep(arrival, command.name, media_type, command.sender, desk)


def keep(arrival: Arrival, name: str, media_type: str, sender: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    """Keep a file that is whole: first its bytes, then its event."""
    desk.adopt(arrival.path, arrival.sha256)
    known = desk.file(arrival.sha256)
    happened = domain.store(known, arrival.sha256, arrival.size, name, media_type)
    stream = ids.file_stream(arrival.sha256)
    fresh = happened is not None and desk.say(stream, happened, sender, "store_file", behind=known.version)
    return {
        "sha256": arrival.sha256,
        "name": name,
        "media_type": media_type,
        "size": arrival.size,
        "duplicate": not fresh,
    }


def made(path: Path) -> Arrival:
    """A file that intake made, as one that came whole."""
    arrival = Arrival(path=path)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            arrival.digest.update(piece)
            arrival.size += len(piece)
    return arrival


@contextmanager
def _taken_in(body: Readable, command: StoreFile, desk: Desk) -> Iterator[Arrival]:
    """Write the stream to scratch, hashing on the way, in flat memory."""
    with desk.scratch() as path:
        arrival = Arrival(path=path)
        try:
            with path.open("xb", buffering=0) as file:
                for piece in _pieces(body, command.name):
                    _within(arrival, len(piece), command.limit)
                    in_thread(_write, file, arrival, piece)
        except OSError as error:
            raise (StoreFull() if error.errno in FULL else error) from error
        _check_whole(arrival, command)
        yield arrival


def _pieces(body: Readable, name: str) -> Iterator[bytes]:
    while True:
        try:
            piece = body.read(PIECE)
        except (OSError, ValueError) as error:
            raise FileTruncated({"name": name}) from error
        if not piece:
            return
        yield piece


def _within(arrival: Arrival, more: int, limit: int) -> None:
    if arrival.size + more > limit:
        raise FileTooLarge({"limit": limit})


def _write(file: io.FileIO, arrival: Arrival, piece: bytes) -> None:
    arrival.digest.update(piece)
    arrival.size += len(piece)
    if len(arrival.head) < HEAD:
        arrival.head += piece[: HEAD - len(arrival.head)]
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def _check_whole(arrival: Arrival, command: StoreFile) -> None:
    if command.announced is not None and arrival.size < command.announced:
        raise FileTruncated({"name": command.name, "announced": command.announced, "received": arrival.size})
    if arrival.size == 0:
        raise FileEmpty({"name": command.name})


def _tell_rejected(command: StoreFile, arrival: Arrival, error: Invalid, desk: Desk) -> None:
    """Record that a file was turned away. The sender hears the reason even when the log is away."""
    happened = FileRejected(
        sha256=arrival.sha256,
        size=arrival.size,
        name=command.name,
        declared=command.declared,
        reason=error.code,
    )
    try:
        desk.say(f"file-rejected:{arrival.sha256}", happened, command.sender, "store_file")
    except SarabanError as away:
        log.warning("rejection not recorded", sha256=arrival.sha256, reason=error.code, error=away.code)
