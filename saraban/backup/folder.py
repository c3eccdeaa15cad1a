"""The folder of a backup: where its parts are, and how they are written so that a crash leaves the last one whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from saraban.contracts.commit import GENESIS_HASH, Commit
from saraban.contracts.errors.backup import BackupDamaged, BackupRunning, NotABackup
from saraban.contracts.errors.log import StoreInUse
from saraban.contracts.shapes import prepared
from saraban.engines.folder_lock import NAME as OWNER
from saraban.engines.folder_lock import owned

FORMAT = 1
MANIFEST = "backup.json"
PIECE = 1024 * 1024


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A file of commits: its name, the positions of the first and the last, the SHA-256 of its bytes."""

    name: str
    first: int
    last: int
    sha256: str


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds: the log up to `position`, whose hash is `hash`; the digest of each table of records; objects
    that the store could not give (`missing`). `made_at` is an ISO time in UTC."""

    format: int = FORMAT
    made_at: str = ""
    position: int = 0
    hash: str = GENESIS_HASH
    segments: tuple[Segment, ...] = ()
    records: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


class Folder:
    """The backup in the folder `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def manifest(self) -> Manifest:
        """What the backup holds; nothing in an empty folder. Raises NotABackup."""
        path = self.root / MANIFEST
        if not path.exists():
            if self._holds_something() and not (self.root / "log").is_dir():
                raise NotABackup({"folder": str(self.root), "reason": f"no {MANIFEST}"})
            return Manifest()
        try:
            found = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except msgspec.MsgspecError as error:
            raise NotABackup({"folder": str(self.root), "reason": str(error)}) from error
        if found.format != FORMAT:
            raise NotABackup({"folder": str(self.root), "reason": f"format {found.format}"})
        return found

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other backup into this folder for the block. Raises BackupRunning."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as held:
            try:
                held.enter_context(owned(self.root))
            except StoreInUse as other:
                raise BackupRunning(other.detail) from other
            yield

    def write_manifest(self, manifest: Manifest) -> None:
        """Say what the backup holds, once all of it is on the disk."""
        text = msgspec.json.format(msgspec.json.encode(manifest))
        write(self.root / MANIFEST, [text + b"\n"])

    def _holds_something(self) -> bool:
        return self.root.exists() and any(one.name != OWNER for one in self.root.iterdir())

    def write_segment(self, commits: Iterable[Commit], first: int, last: int) -> Segment:
        """Write a run of commits."""
        name = f"{first:012d}.jsonl"
        digest = write(self.root / "log" / name, (msgspec.json.encode(one) + b"\n" for one in commits))
        return Segment(name=name, first=first, last=last, sha256=digest)

    def commits(self, segment: Segment) -> Iterator[Commit]:
        """The commits of a segment. Raises BackupDamaged."""
        path = self.root / "log" / segment.name
        if not path.exists() or digest_of(path) != segment.sha256:
            raise BackupDamaged({"what": f"log/{segment.name}"})
        with path.open("rb") as lines:
            for line in lines:
                yield msgspec.json.decode(line, type=Commit)

    def object_path(self, sha256: str) -> Path:
        """Where an object's bytes are."""
        return self.root / "objects" / sha256[:2] / sha256

    def table(self, service: str, table: str) -> Path:
        """Where the records of a table are."""
        return self.root / "records" / service / table

    @property
    def waiting(self) -> Path:
        """Where mails are that nobody had taken in."""
        return self.root / "mail" / "waiting"


def write(path: Path, pieces: Iterable[bytes]) -> str:
    """Write a file durably, whole or not at all; answers the SHA-256 of its bytes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    digest = hashlib.sha256()
    try:
        with open(fresh, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def plain(value: Any) -> bytes:
    """A document as bytes that are always the same."""
    return msgspec.json.encode(value, order="sorted")
