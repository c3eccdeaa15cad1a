"""One process owns a folder (an embedded data folder, the folder of a backup); a second one is refused."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from saraban.contracts.errors.log import StoreInUse

NAME = "owner.pid"


@contextmanager
def owned(folder: Path) -> Iterator[None]:
    """Own the folder inside the block, or until the process ends, however it ends. Raises StoreInUse when another
    process owns it; that one's pid stands in the file `owner.pid`."""
    folder.mkdir(parents=True, exist_ok=True)
    file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _claim(file, folder)
        yield
        _sign(file, "")
    finally:
        os.close(file)


def _claim(file: int, folder: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        pid = os.pread(file, 20, 0).decode("ascii", "replace").strip() or "?"
        raise StoreInUse({"folder": str(folder), "pid": pid}) from error
    _sign(file, f"{os.getpid()}\n")


def _sign(file: int, name: str) -> None:
    """The name is for people only: a full disk is no reason to refuse the folder."""
    with suppress(OSError):
        os.ftruncate(file, 0)
        os.pwrite(file, name.encode(), 0)
