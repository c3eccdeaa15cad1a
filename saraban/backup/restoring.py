"""Restoring a backup into an empty system.

Order matters: the whole chain of the log is proved first; then come the files, each checked on its way in; then the
note that holds back mail; then the log; then the records. The views and the index are made by following, when the
services start.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from saraban import holding
from saraban.audit.chain import wrong_with
from saraban.backup.folder import Folder, Manifest, digest_of
from saraban.backup.records import read_records
from saraban.backup.system import RECORDS, SERVICES, System
from saraban.backup.taking import files_of
from saraban.contracts.commit import GENESIS_HASH, Commit, Draft, Head
from saraban.contracts.errors.backup import BackupDamaged, NotABackup, RestoreDisturbed, SystemNotEmpty
from saraban.contracts.errors.files import FileDamaged
from saraban.ports import StoredObject

BATCH = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored. `missing`: files that the log tells of and the backup never had."""

    position: int
    hash: str
    objects: int
    records: int
    mails: int
    missing: tuple[str, ...]


def restore(system: System, folder: Folder, now: datetime) -> Restored:
    """Make the empty system what the backup holds.

    Raises NotABackup, SystemNotEmpty, BackupDamaged before anything is written to the log; RestoreDisturbed when
    somebody else writes to it."""
    manifest = folder.manifest()
    if not manifest.position:
        raise NotABackup({"folder": str(folder.root), "reason": "nothing in it"})
    _check_empty(system)
    _check_chain(folder, manifest)
    _check_mails(folder)
    records = {(service, table): _read(folder, manifest, service, table) for service, table in _tables()}
    objects = _give_objects(system, folder, manifest)
    holding.hold(system.records_of("mail"), now)
    for segment in manifest.segments:
        _give_commits(system, list(folder.commits(segment)))
    given = sum(_give_records(system, service, table, records[service, table]) for service, table in records)
    return Restored(
        position=manifest.position,
        hash=system.log.head().hash,
        objects=objects,
        records=given,
        mails=_give_mails(system, folder),
        missing=manifest.missing,
    )


def _tables() -> Iterator[tuple[str, str]]:
    return ((service, table) for service, tables in RECORDS.items() for table in tables)


def _read(folder: Folder, manifest: Manifest, service: str, table: str) -> Iterator[Any]:
    return read_records(folder, service, table, manifest.records.get(f"{service}/{table}", ""))


def _check_empty(system: System) -> None:
    if system.log.head().position:
        raise SystemNotEmpty({"what": f"{system.log.head().position} commits"})
    for service in SERVICES:
        if system.records_of(service).position():
            raise SystemNotEmpty({"what": f"views of {service}"})
    for service, table in _tables():
        if system.records_of(service).records(table, limit=1):
            raise SystemNotEmpty({"what": f"{service}/{table}"})


def _check_chain(folder: Folder, manifest: Manifest) -> None:
    last = Head(position=0, hash=GENESIS_HASH)
    for segment in manifest.segments:
        for commit in folder.commits(segment):
            if wrong_with(commit, last):
                raise BackupDamaged({"what": f"log/{segment.name}, commit {last.position + 1}"})
            last = Head(position=commit.position, hash=commit.hash)
    if last != Head(position=manifest.position, hash=manifest.hash):
        raise BackupDamaged({"what": f"log, commit {last.position + 1}"})


def _check_mails(folder: Folder) -> None:
    for path in folder.waiting.glob("*.eml"):
        if digest_of(path) != path.stem:
            raise BackupDamaged({"what": f"mail/waiting/{path.name}"})


def _give_objects(system: System, folder: Folder, manifest: Manifest) -> int:
    given, absent = 0, set(manifest.missing)
    for segment in manifest.segments:
        for key in files_of(folder.commits(segment)):
            if key not in absent:
                _give_object(system, folder.object_path(key), key)
                given += 1
    return given


def _give_object(system: System, path: Path, key: str) -> StoredObject:
    try:
        with path.open("rb") as file:
            return system.objects.put(key, cast("BinaryIO", Checked(file, key)))
    except (FileNotFoundError, FileDamaged):
        raise BackupDamaged({"what": f"objects/{key}"}) from None


class Checked(io.RawIOBase):
    """A stream that raises BackupDamaged at its end unless its bytes were those of `key`, so that nothing else is
    stored."""

    def __init__(self, file: io.BufferedIOBase, key: str) -> None:
        self._file = file
        self._key = key
        self._digest = hashlib.sha256()

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, hashed on their way."""
        piece = self._file.read(size)
        self._digest.update(piece)
        if (not piece or size < 0) and self._digest.hexdigest() != self._key:
            raise BackupDamaged({"what": f"objects/{self._key}"})
        return piece

    def readinto(self, buffer: Any, /) -> int:
        """The same, into a buffer."""
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _give_commits(system: System, commits: list[Commit]) -> None:
    for start in range(0, len(commits), BATCH):
        batch = commits[start : start + BATCH]
        for commit, outcome in zip(batch, system.log.append([_draft(one) for one in batch]), strict=True):
            if outcome != commit:
                raise RestoreDisturbed({"position": commit.position})


def _draft(commit: Commit) -> Draft:
    return Draft(
        command_id=commit.command_id, at=commit.at, actor=commit.actor, cause=commit.cause, events=commit.events
    )


def _give_records(system: System, service: str, table: str, records: Iterator[Any]) -> int:
    given = 0
    for key, doc in records:
        system.records_of(service).put_record(table, key, doc)
        given += 1
    return given


def _give_mails(system: System, folder: Folder) -> int:
    waiting = sorted(folder.waiting.glob("*.eml"))
    if system.deliver is not None:
        for path in waiting:
            system.deliver(path)
    return len(waiting) if system.deliver is not None else 0
