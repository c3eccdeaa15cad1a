"""Taking a backup of a system that may be running.

The log comes first, up to the head that it had at the beginning; then the files that those commits tell of. A file is
stored before its commit is written and never changes, so every file that the backup's log tells of is there.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from saraban.audit.chain import wrong_with
from saraban.backed_up import LastBackup, note
from saraban.backup.folder import PIECE, Folder, Manifest, Segment, write
from saraban.backup.records import save_records
from saraban.backup.system import RECORDS, System
from saraban.contracts.commit import Commit, Head
from saraban.contracts.errors import NotFound
from saraban.contracts.errors.backup import BackupOfAnotherLog
from saraban.contracts.errors.files import FileDamaged
from saraban.contracts.errors.log import LogDamaged
from saraban.contracts.errors.mail import MailGone
from saraban.ports import Mailbox, ObjectStore

SEGMENT = 5000
PAGE = 500
MANY = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a run added, and what the backup now holds up to. `missing`: objects that the store could not give whole."""

    position: int
    commits: int
    objects: int
    bytes: int
    mails: int
    missing: tuple[str, ...]


def take(system: System, folder: Folder, now: datetime) -> Taken:
    """Bring the backup in the folder up to the system. What was taken before is not read again.

    Raises NotABackup, BackupRunning, BackupOfAnotherLog, LogDamaged; then the backup stays what it was."""
    folder.manifest()  # a folder of something else is left without so much as a lock
    with folder.alone():
        return _take(system, folder, now)


def _take(system: System, folder: Folder, now: datetime) -> Taken:
    before = folder.manifest()
    head = system.log.head()
    _check_same_log(system, folder, before, head)
    written = list(_save_log(system, folder, before, head))
    wanted = [*before.missing, *_files_told_of(folder, written)]
    saved = [(key, _save_object(system.objects, folder, key)) for key in dict.fromkeys(wanted)]
    missing = tuple(key for key, size in saved if size is None)
    records = {f"{service}/{table}": save_records(system, folder, service, table) for service, table in _tables()}
    mails = _save_waiting(system.waiting, folder, system.settle_seconds) if system.waiting is not None else 0
    segments = (*before.segments, *written)
    now_held = replace(before, made_at=now.isoformat(), position=head.position, hash=head.hash, segments=segments)
    folder.write_manifest(replace(now_held, records=records, missing=missing))
    note(system.records_of("registry"), LastBackup(at=now, position=head.position, missing=len(missing)))
    return Taken(
        position=head.position,
        commits=head.position - before.position,
        objects=sum(1 for _, size in saved if size),
        bytes=sum(size or 0 for _, size in saved),
        mails=mails,
        missing=missing,
    )


def _tables() -> Iterator[tuple[str, str]]:
    return ((service, table) for service, tables in RECORDS.items() for table in tables)


def _check_same_log(system: System, folder: Folder, before: Manifest, head: Head) -> None:
    if before.position == 0:
        return
    last = system.log.read(before.position - 1, 1) if before.position <= head.position else []
    if not last or last[0].hash != before.hash:
        raise BackupOfAnotherLog({"folder": str(folder.root), "position": before.position})


def _save_log(system: System, folder: Folder, before: Manifest, head: Head) -> Iterator[Segment]:
    last = Head(position=before.position, hash=before.hash)
    while last.position < head.position:
        until = min(last.position + SEGMENT, head.position)
        commits = list(_sound(system, last, until))
        yield folder.write_segment(commits, last.position + 1, until)
        last = Head(position=until, hash=commits[-1].hash)


def _sound(system: System, last: Head, until: int) -> Iterator[Commit]:
    """The commits behind `last` up to a position, each proved to follow on the one before."""
    while last.position < until:
        page = system.log.read(last.position, min(PAGE, until - last.position))
        if not page:
            raise LogDamaged({"position": last.position + 1, "reason": "missing"})
        for commit in page:
            finding = wrong_with(commit, last)
            if finding:
                raise LogDamaged({"position": last.position + 1, "reason": finding.en})
            last = Head(position=commit.position, hash=commit.hash)
            yield commit


def _files_told_of(folder: Folder, segments: list[Segment]) -> Iterator[str]:
    for segment in segments:
        yield from files_of(folder.commits(segment))


def files_of(commits: Iterator[Commit]) -> Iterator[str]:
    """The files that commits tell of, by their SHA-256."""
    return (one.data["sha256"] for commit in commits for one in commit.events if one.type == "file.stored")


def _save_object(store: ObjectStore, folder: Folder, key: str) -> int | None:
    """Copy an object unless the backup has it; answers how many bytes were copied, None when the store does not give
    what the key promises."""
    path = folder.object_path(key)
    if path.exists():
        return 0
    try:
        digest = write(path, _pieces(store, key))
    except (NotFound, FileDamaged):
        return None
    if digest != key:
        path.unlink()
        return None
    return path.stat().st_size


def _pieces(store: ObjectStore, key: str) -> Iterator[bytes]:
    with store.open(key) as data:
        while piece := data.read(PIECE):
            yield piece


def _save_waiting(mailbox: Mailbox, folder: Folder, settle_seconds: float) -> int:
    """Copy the mails that nobody has taken in yet; those of an earlier backup that are gone from the box go."""
    mailbox.waiting(MANY)  # the first look: what lies still until the second one is whole
    time.sleep(settle_seconds)
    kept = {name for uid in mailbox.waiting(MANY) if (name := _save_mail(mailbox, folder, uid)) is not None}
    for path in folder.waiting.glob("*.eml"):
        if path.name not in kept:
            path.unlink()
    return len(kept)


def _save_mail(mailbox: Mailbox, folder: Folder, uid: str) -> str | None:
    try:
        with mailbox.open(uid) as data:
            raw = data.read()
    except MailGone:
        return None
    name = f"{hashlib.sha256(raw).hexdigest()}.eml"
    path = folder.waiting / name
    if not path.exists():
        write(path, [raw])
    return name
