"""Objects in memory: the fake of unit tests, and a store for trying things out."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from saraban.contracts.errors.files import FileUnknown
from saraban.engines.object_store.keys import checked
from saraban.ports import StoredObject


class MemoryObjectStore:
    """An ObjectStore that forgets everything with its process."""

    def __init__(self) -> None:
        self._objects: dict[str, bytes] = {}
        self._scratch: str | None = None

    def put(self, key: str, data: BinaryIO) -> StoredObject:
        """Store the stream under `key` unless there is such an object."""
        stored = self._objects.setdefault(checked(key), data.read())
        return StoredObject(key=key, size=len(stored))

    def adopt(self, path: str, key: str) -> StoredObject:
        """Take the file at `path` as the object `key`."""
        stored = self._objects.setdefault(checked(key), Path(path).read_bytes())
        Path(path).unlink()
        return StoredObject(key=key, size=len(stored))

    def scratch(self) -> str:
        """A temporary folder that goes with this store."""
        if self._scratch is None:
            self._scratch = tempfile.mkdtemp(prefix="saraban-")
            weakref.finalize(self, shutil.rmtree, self._scratch, ignore_errors=True)
        return self._scratch

    def stat(self, key: str) -> StoredObject | None:
        """The object's facts, or None."""
        stored = self._objects.get(checked(key))
        return None if stored is None else StoredObject(key=key, size=len(stored))

    def open(self, key: str, start: int = 0) -> BinaryIO:
        """The object's bytes from `start`. Raises FileUnknown when absent."""
        stored = self._objects.get(checked(key))
        if stored is None:
            raise FileUnknown({"sha256": key})
        return io.BytesIO(stored[start:])

    @contextlib.contextmanager
    def at_hand(self, key: str) -> Iterator[str]:
        """A copy in the scratch folder. Raises FileUnknown when absent."""
        with self.open(key) as stream, tempfile.NamedTemporaryFile(dir=self.scratch()) as copy:
            shutil.copyfileobj(stream, copy)
            copy.flush()
            yield copy.name

    def keys(self, prefix: str = "") -> Iterator[str]:
        """All keys with the prefix, in order."""
        return iter(sorted(key for key in self._objects if key.startswith(prefix)))

    def link(self, key: str, *, media_type: str, disposition: str, seconds: int) -> str | None:  # noqa: ARG002
        """None: memory is reached by nobody else."""
        return None
