"""The object store over S3."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from saraban.broker.threads import real_lock
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.files import FileUnknown
from saraban.engines.object_store.keys import checked
from saraban.engines.object_store.s3.address import Address
from saraban.engines.object_store.s3.bucket import make_ready
from saraban.engines.object_store.s3.checksum import Checked, is_sha256
from saraban.engines.object_store.s3.client import ABSENT, COMPLIANCE, TAKEN, Retention, S3Error, answering, connect
from saraban.engines.object_store.s3.reading import Reading
from saraban.engines.object_store.s3.versions import first_version, names_of_all_versions
from saraban.engines.object_store.scratch import open_scratch
from saraban.ports import CHECKPOINT, StoredObject

PART = 8 * 1024 * 1024
"""Bytes that are held of an object on its way there; an object may have 10,000 such parts."""

PIECE = 256 * 1024


class S3ObjectStore:
    """An ObjectStore in one bucket, which any number of processes may share. Nothing is asked of the store before the
    first use; then the bucket is made when it is not there. `kept_days` > 0 locks originals and checkpoints for so
    many days against everyone (the bucket must have been made with object lock). `public_url` is where browsers reach
    the store. Any thread may call; a store that is away raises Unavailable after about a second."""

    def __init__(self, address: Address, scratch: Path, *, kept_days: int = 0, public_url: str = "") -> None:
        self._address, self._bucket = address, address.bucket
        self._client = connect(address)
        self._kept_days = kept_days
        self._scratch = open_scratch(scratch)
        self._shown_at = _client_for_browsers(address, public_url) if public_url else None
        self._making_ready = real_lock()
        self._ready = False

    def put(self, key: str, data: BinaryIO) -> StoredObject:
        """Store the stream under `key` unless there is such an object. Raises StoreFull, Unavailable, and FileDamaged
        when the key is the SHA-256 of other bytes: then nothing is stored."""
        with self._answering():
            return self._stat(checked(key)) or self._upload(key, data)

    def adopt(self, path: str, key: str) -> StoredObject:
        """Make the finished file at `path` the object `key`; the file is gone afterwards, but stays on an error."""
        with Path(path).open("rb") as data:
            stored = self.put(key, data)
        Path(path).unlink()
        return stored

    def scratch(self) -> str:
        """A local folder."""
        return str(self._scratch)

    def stat(self, key: str) -> StoredObject | None:
        """The object's facts, or None."""
        with self._answering():
            return self._stat(checked(key))

    def open(self, key: str, start: int = 0) -> BinaryIO:
        """The object's bytes from `start`. Raises FileUnknown when absent. Read whole, an original is checked against
        its SHA-256."""
        stored = self.stat(key)
        if stored is None:
            raise FileUnknown({"sha256": key})
        with self._answering():
            reading = Reading(key, start, stored.size, lambda offset: self._ask(key, offset), self._answering)
        return cast("BinaryIO", io.BufferedReader(reading, PIECE))

    @contextlib.contextmanager
    def at_hand(self, key: str) -> Iterator[str]:
        """A checked copy in the scratch folder. Raises FileUnknown when absent."""
        with self.open(key) as stream, tempfile.NamedTemporaryFile(dir=self._scratch) as copy:
            shutil.copyfileobj(stream, copy, PIECE)
            copy.flush()
            yield copy.name

    def keys(self, prefix: str = "") -> Iterator[str]:
        """All keys with the prefix, in order."""
        with self._answering():
            if prefix.startswith(CHECKPOINT):
                yield from names_of_all_versions(self._client, self._bucket, prefix)
                return
            for found in self._client.list_objects(self._bucket, prefix=prefix, recursive=True):
                yield str(found.object_name)

    def link(self, key: str, *, media_type: str, disposition: str, seconds: int) -> str | None:
        """A presigned URL of the object; None where browsers do not reach the store."""
        if self._shown_at is None:
            return None
        headers: Any = {"response-content-type": media_type, "response-content-disposition": disposition}
        url: str = self._shown_at.presigned_get_object(
            self._bucket, checked(key), expires=timedelta(seconds=seconds), response_headers=headers
        )
        return url

    def _stat(self, key: str) -> StoredObject | None:
        try:
            found = self._client.stat_object(self._bucket, key, version_id=self._version(key))
        except S3Error as error:
            if error.code in ABSENT:
                return None
            raise
        return StoredObject(key=key, size=found.size or 0)

    def _upload(self, key: str, data: BinaryIO) -> StoredObject:
        source: Any = Checked(key, data)
        try:
            self._client.put_object(
                self._bucket, key, source, -1, part_size=PART, num_parallel_uploads=1, retention=self._retention(key)
            )
        except S3Error as error:
            if error.code not in TAKEN:
                raise
        stored = self._stat(key)
        if stored is None:
            raise Unavailable({"what": f"object store {self._address.endpoint}: what was written is not there"})
        return stored

    def _ask(self, key: str, offset: int) -> Any:
        return self._client.get_object(self._bucket, key, offset=offset, version_id=self._version(key))

    def _version(self, key: str) -> str | None:
        return first_version(self._client, self._bucket, key) if key.startswith(CHECKPOINT) else None

    def _retention(self, key: str) -> Any:
        if not self._kept_days or not (is_sha256(key) or key.startswith(CHECKPOINT)):
            return None
        until = datetime.now(UTC) + timedelta(days=self._kept_days)
        return Retention(COMPLIANCE, until)

    @contextlib.contextmanager
    def _answering(self) -> Iterator[None]:
        with answering(self._address.endpoint):
            if not self._ready:
                with self._making_ready:
                    make_ready(self._client, self._bucket, locked=self._kept_days > 0)
                    self._ready = True
            yield


def _client_for_browsers(address: Address, public_url: str) -> Any:
    parts = urlsplit(public_url)
    return connect(address, parts.netloc, secure=parts.scheme == "https")
