"""An object on its way here: a stream that goes on where it broke off and checks what it read."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from saraban.engines.object_store.s3.checksum import Checksum
from saraban.engines.object_store.s3.client import urllib3

TIMES = 3
"""How often reading goes on again where it broke off; an object never changes, so that is safe."""


class Reading(io.RawIOBase):
    """The bytes of an object from `start` to `size`. `ask(offset)` answers the response that holds them from there;
    `answering` translates the errors of that."""

    def __init__(
        self,
        key: str,
        start: int,
        size: int,
        ask: Callable[[int], Any],
        answering: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._ask, self._answering = ask, answering
        self._at, self._size = start, size
        self._left_to_try = TIMES
        self._checksum = Checksum(key) if start == 0 else None
        self._response: Any = ask(start) if start < size else None

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as it goes. Raises Unavailable when the store stays away, FileDamaged at the end."""
        with self._answering():
            piece = self._next(min(len(buffer), self._size - self._at))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        if self._checksum is not None:
            self._checksum.take(piece)
            if self._at == self._size:
                self._checksum.done()
        return len(piece)

    def close(self) -> None:
        """Let go of the connection, which is used again when all was read."""
        if self._response is not None:
            if self._at < self._size:
                self._response.close()
            self._response.release_conn()
            self._response = None
        super().close()

    def _next(self, wanted: int) -> bytes:
        while wanted > 0:
            try:
                piece: bytes = self._response.read(wanted)
                if piece:
                    return piece
                broken: Exception = urllib3.exceptions.ProtocolError("the object ended before its length")
            except urllib3.exceptions.HTTPError as error:
                broken = error
            self._go_on(broken)
        return b""

    def _go_on(self, broken: Exception) -> None:
        if not self._left_to_try:
            raise broken
        self._left_to_try -= 1
        self._response.close()
        self._response = self._ask(self._at)
