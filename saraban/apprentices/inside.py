"""The inside of an apprentice: what `saraban.apprentices.outside` starts. It shuts the cage of `saraban.cage` first.

A frame is the length of what follows in eight bytes, and that as MessagePack: a list of pieces in, a list of answers
out. A reader thread empties the pipe at once, so that the house can hand over a batch while the one before comes out.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import queue
import resource
import struct
import threading
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

import msgspec

from saraban.cage import set_limits, shut_network

LENGTH = struct.Struct("!Q")
MEMORY_MB = 1024
WHOLE_LIFE_SECONDS = 1_000_000
BATCH_SECONDS = 60
"""Seconds of a processor for one batch; the kernel ends an apprentice that takes longer."""


def main(function: str, hears: int, says: int) -> None:
    """Do `package.module:function` with the values of each piece that comes out of the pipe `hears`, until it ends."""
    set_limits({"memory_mb": MEMORY_MB, "cpu_seconds": WHOLE_LIFE_SECONDS, "output_bytes": 0})
    shut_network(ctypes.CDLL(None, use_errno=True))
    module, _, name = function.partition(":")
    work = getattr(importlib.import_module(module), name)
    heard: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    with open(hears, "rb") as pipe, open(says, "wb") as out:
        threading.Thread(target=_listen, args=(pipe, heard), daemon=True).start()
        while True:
            answer = msgspec.msgpack.encode(_done(work, msgspec.msgpack.decode(heard.get())))
            out.write(LENGTH.pack(len(answer)) + answer)
            out.flush()


def _listen(pipe: BinaryIO, heard: queue.SimpleQueue[bytes]) -> None:
    """Take frames until the house lets go of the pipe, by dismissing the apprentice or by ending."""
    while len(head := pipe.read(LENGTH.size)) == LENGTH.size:
        heard.put(pipe.read(LENGTH.unpack(head)[0]))
    os._exit(0)


def _done(work: Callable[..., Any], pieces: Sequence[Sequence[Any]]) -> list[Any]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + BATCH_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, WHOLE_LIFE_SECONDS))
    return [_answer(work, piece) for piece in pieces]


def _answer(work: Callable[..., Any], piece: Sequence[Any]) -> Any:
    try:
        return work(*piece)
    except Exception:  # noqa: BLE001 - one piece must not stop the others; the house does it itself and is told why
        return None
