"""Objects as files of one folder, `objects/ab/abcd…`, spread by the first two characters of the key.

A new object is written to `scratch/`, flushed to the disk, and then linked to its name: `link` refuses a name that is
taken, so an object is whole from its first moment and never overwritten. What a killed process left in `scratch/` is
no object and goes after a day.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from saraban.contracts.errors.files import FileUnknown
from saraban.contracts.errors.log import StoreFull
from saraban.engines.object_store.keys import checked
from saraban.engines.object_store.scratch import open_scratch
from saraban.ports import StoredObject

PIECE = 1024 * 1024
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FolderObjectStore:
    """An ObjectStore in the folder `root`, which several processes of one machine may share. Calls block on the
    disk; any thread may call."""

    def __init__(self, root: Path) -> None:
        self._objects = root / "objects"
        self._scratch = root / "scratch"
        self._objects.mkdir(parents=True, exist_ok=True)
        open_scratch(self._scratch)
        _flush_folder(root)

    def put(self, key: str, data: BinaryIO) -> StoredObject:
        """Store the stream under `key` unless there is such an object. Raises StoreFull; then nothing is stored."""
        checked(key)
        path = self._scratch / f"{uuid.uuid4().hex}.part"
        try:
            with _full_disk_told():
                _write(path, data)
            return self.adopt(str(path), key)
        finally:
            path.unlink(missing_ok=True)

    def adopt(self, path: str, key: str) -> StoredObject:
        """Make the finished file at `path` the object `key`; the file is gone afterwards, but stays on StoreFull."""
        target = self._path(checked(key))
        with _full_disk_told():
            self._open_shelf(target.parent)
            try:
                _flush_file(path)
                os.link(path, target)
            except FileExistsError:
                pass
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                return self._adopt_from_elsewhere(path, key)
            _flush_folder(target.parent)
        Path(path).unlink()
        return StoredObject(key=key, size=target.stat().st_size)

    def scratch(self) -> str:
        """A folder on the disk of the objects."""
        return str(self._scratch)

    def stat(self, key: str) -> StoredObject | None:
        """The object's facts, or None."""
        with contextlib.suppress(FileNotFoundError):
            return StoredObject(key=key, size=self._path(checked(key)).stat().st_size)
        return None

    def open(self, key: str, start: int = 0) -> BinaryIO:
        """The object's bytes from `start`. Raises FileUnknown when absent."""
        try:
            file = self._path(checked(key)).open("rb")
        except FileNotFoundError:
            raise FileUnknown({"sha256": key}) from None
        file.seek(start)
        return file

    @contextlib.contextmanager
    def at_hand(self, key: str) -> Iterator[str]:
        """The object's own file, to be read only. Raises FileUnknown when absent."""
        if self.stat(key) is None:
            raise FileUnknown({"sha256": key})
        yield str(self._path(key))

    def keys(self, prefix: str = "") -> Iterator[str]:
        """All keys with the prefix, in order."""
        for shelf in sorted(self._objects.iterdir()):
            if shelf.name.startswith(prefix[:2]):
                yield from sorted(path.name for path in shelf.iterdir() if path.name.startswith(prefix))

    def link(self, key: str, *, media_type: str, disposition: str, seconds: int) -> str | None:  # noqa: ARG002
        """None: a folder is reached by nobody else."""
        return None

    def _path(self, key: str) -> Path:
        return self._objects / key[:2] / key

    def _open_shelf(self, shelf: Path) -> None:
        if not shelf.is_dir():
            shelf.mkdir(exist_ok=True)
            _flush_folder(self._objects)

    def _adopt_from_elsewhere(self, path: str, key: str) -> StoredObject:
        with Path(path).open("rb") as data:
            stored = self.put(key, data)
        Path(path).unlink()
        return stored


@contextlib.contextmanager
def _full_disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StoreFull from error
        raise


def _write(path: Path, data: BinaryIO) -> None:
    with path.open("xb") as file:
        shutil.copyfileobj(data, file, PIECE)


def _flush_file(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(path: Path) -> None:
    _flush_file(str(path))
