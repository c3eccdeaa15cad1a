"""Checking bytes against the SHA-256 that is the name of an original."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from saraban.contracts.errors.files import FileDamaged

_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_sha256(key: str) -> bool:
    """Whether a key tells the SHA-256 of its object: originals do, copies made of them do not."""
    return _SHA256.fullmatch(key) is not None


class Checksum:
    """Takes the bytes of one object in order. Objects whose key is no SHA-256 pass unchecked."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._digest = hashlib.sha256() if is_sha256(key) else None

    def take(self, piece: bytes) -> bytes:
        """One more piece, which is given back."""
        if self._digest is not None:
            self._digest.update(piece)
        return piece

    def done(self) -> None:
        """That was all. Raises FileDamaged when it is not what the key tells."""
        if self._digest is not None and self._digest.hexdigest() != self._key:
            raise FileDamaged({"sha256": self._key, "found": self._digest.hexdigest()})


class Checked:
    """A stream that raises FileDamaged at its end when its bytes are not what the key tells, so that the one who reads
    it to store it stores nothing."""

    def __init__(self, key: str, data: Any) -> None:
        self._checksum = Checksum(key)
        self._data = data

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end."""
        piece: bytes = self._checksum.take(self._data.read(size))
        if not piece:
            self._checksum.done()
        return piece
