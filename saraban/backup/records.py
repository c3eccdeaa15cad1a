"""Records in a backup: a file for each, so that a second backup writes only what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from saraban.backup.folder import Folder, digest_of, plain, write
from saraban.backup.system import System
from saraban.contracts.errors.backup import BackupDamaged
from saraban.ports import Document, Views


def save_records(system: System, folder: Folder, service: str, table: str) -> str:
    """Make the table in the backup what it is in the system; answers the digest of all of it."""
    root = folder.table(service, table)
    kept: dict[Path, str] = {}
    for key, doc in _records(system.records_of(service), table):
        content, path = plain({"key": key, "doc": doc}), _path(root, key)
        if not path.exists() or path.read_bytes() != content:
            write(path, [content])
        kept[path] = hashlib.sha256(content).hexdigest()
    for path in root.glob("*/*.json"):
        if path not in kept:
            path.unlink()
    return _whole(kept.items())


def read_records(folder: Folder, service: str, table: str, digest: str) -> Iterator[tuple[str, Document]]:
    """The records of a table. Raises BackupDamaged, at once, when they are not those that were saved."""
    paths = sorted(folder.table(service, table).glob("*/*.json"))
    if _whole((path, digest_of(path)) for path in paths) != digest:
        raise BackupDamaged({"what": f"records/{service}/{table}"})
    return (_read(path) for path in paths)


def _read(path: Path) -> tuple[str, Document]:
    kept: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    return kept["key"], kept["doc"]


def _records(views: Views, table: str) -> Iterator[tuple[str, Document]]:
    after = ""
    while page := views.records(table, after=after):
        yield from page
        after = page[-1][0]


def _path(root: Path, key: str) -> Path:
    name = hashlib.sha256(key.encode()).hexdigest()
    return root / name[:2] / f"{name}.json"


def _whole(files: Iterable[tuple[Path, str]]) -> str:
    lines = sorted(f"{path.name} {digest}\n" for path, digest in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
