"""The house's end of apprentices: starting them, handing work over, taking answers, dismissing them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from saraban.apprentices.inside import LENGTH
from saraban.contracts.errors.apprentices import ApprenticeGone

START = """
import sys
sys.path[:] = sys.argv[4:]
from saraban.apprentices.inside import main
main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
"""
MOST = 4
CHUNK = 1 << 20


def spare_cores() -> int:
    """How many apprentices a machine has room for: one for each core but one, at least one and at most four."""
    return min(MOST, max(1, len(os.sched_getaffinity(0)) - 1))


class Apprentices:
    """Up to `count` children that call `package.module:function`, started with the first work for them. To be used by
    one real thread at a time: waiting for an answer blocks it."""

    def __init__(self, function: str, count: int) -> None:
        self._function = function
        self._at_work: list[Apprentice | None] = [None] * count
        self._next = 0

    def give(self, pieces: Sequence[Sequence[Any]]) -> Callable[[], list[Any]]:
        """Hand a batch over to the next in turn; what is answered waits for the results, one a piece and None for one
        that could not be done. Take the results in the order of giving, and never leave more than two batches with
        each. Giving and taking raise ApprenticeGone when the child has ended; the next batch goes to a fresh one."""
        place = self._next
        self._next = (place + 1) % len(self._at_work)
        apprentice = self._at_work[place] or Apprentice(self._function)
        self._at_work[place] = apprentice

        def told(do: Callable[..., Any], *args: Any) -> Any:
            if apprentice.dismissed:  # its pipes may be another's by now
                raise ApprenticeGone({"function": self._function})
            try:
                return do(*args)
            except ApprenticeGone:
                apprentice.dismiss()
                self._at_work[place] = None
                raise

        told(apprentice.hand, pieces)
        return lambda: told(apprentice.answer)

    def dismiss(self) -> None:
        """End all children; those given work later are fresh ones."""
        for apprentice in self._at_work:
            if apprentice is not None:
                apprentice.dismiss()
        self._at_work = [None] * len(self._at_work)


class Apprentice:
    """One child from its start to `dismiss`. It ends by itself when this process does."""

    def __init__(self, function: str) -> None:
        hears, self._to = os.pipe()
        self._from, says = os.pipe()
        command = [sys.executable, "-S", "-s", "-E", "-B", "-X", "utf8", "-c", START, function, str(hears), str(says)]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                [*command, *sys.path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(hears, says),
                start_new_session=True,
                env={"LANG": "C.UTF-8"},
            )
        except BaseException:
            os.close(self._to)
            os.close(self._from)
            raise
        finally:
            os.close(hears)
            os.close(says)
        self._function, self.pid = function, self._process.pid

    @property
    def dismissed(self) -> bool:
        """Whether it was ended here."""
        return self._process.returncode is not None

    def hand(self, pieces: Sequence[Sequence[Any]]) -> None:
        """Hand a batch over. Raises ApprenticeGone."""
        batch = msgspec.msgpack.encode(pieces)
        left = memoryview(LENGTH.pack(len(batch)) + batch)
        while left:
            try:
                left = left[os.write(self._to, left) :]
            except OSError as error:
                raise ApprenticeGone({"function": self._function}) from error

    def answer(self) -> list[Any]:
        """The results of the first batch whose results were not taken yet. Raises ApprenticeGone."""
        size = LENGTH.unpack(self._read(LENGTH.size))[0]
        answers: list[Any] = msgspec.msgpack.decode(self._read(size))
        return answers

    def dismiss(self) -> None:
        """End the child, whatever it is doing; doing so twice is no error."""
        if self.dismissed:
            return
        os.close(self._to)
        os.close(self._from)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.returncode = os.waitstatus_to_exitcode(os.wait4(self.pid, 0)[1])

    def _read(self, size: int) -> bytes:
        read = bytearray()
        while len(read) < size:
            chunk = b""
            with contextlib.suppress(OSError):
                chunk = os.read(self._from, min(CHUNK, size - len(read)))
            if not chunk:
                raise ApprenticeGone({"function": self._function})
            read += chunk
        return bytes(read)
