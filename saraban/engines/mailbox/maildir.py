"""A Maildir as the mailbox: mails wait in `new/` and go to `cur/` with the flag S (seen) when done.

A mail that a mail server delivers is written in `tmp/` and renamed into `new/`, so it is whole from its first moment;
such a mail has a name by the Maildir rules (`1700000000.M1P2.host`). Any other file may also be dropped into `new/`. It
may still be on its way, so it counts as whole when two looks, at least `settle_seconds` apart, find the same file with
the same size and time of change.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote_from_bytes, unquote_to_bytes

from saraban.contracts.errors.mail import MailGone, MailTooLarge
from saraban.ports import FetchedMail

SETTLE_SECONDS = 1.0
SEEN = ":2,S"

_DELIVERED_WHOLE = re.compile(r"\d{9,}\.[^.]+\.[^/]+(?<!\.eml)", re.DOTALL)
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at a file saw: its inode, size and time of change, and when (monotonic) this was first seen."""

    state: tuple[int, int, int]
    since: float


class MaildirMailbox:
    """A Mailbox in the folder `root`; its uids are the names of the files, percent-encoded."""

    def __init__(
        self, root: Path, settle_seconds: float = SETTLE_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._new, self._cur = root / "new", root / "cur"
        self._settle_seconds = settle_seconds
        self._clock = clock
        self._looks: dict[str, _Look] = {}
        for folder in (root / "tmp", self._new, self._cur):
            folder.mkdir(parents=True, exist_ok=True)

    def waiting(self, limit: int) -> list[str]:
        """Mails in `new/` that are whole, oldest first."""
        found = sorted((seen.st_mtime_ns, name, seen) for name, seen in self._files())
        self._looks = {name: self._look(name, seen) for _, name, seen in found}
        whole = [name for name, look in self._looks.items() if self._is_whole(name, look)]
        return [quote_from_bytes(os.fsencode(name)) for name in whole[:limit]]

    def fetch(self, uid: str, size_limit: int) -> FetchedMail:
        """The mail's bytes. Raises MailGone, MailTooLarge."""
        with self.open(uid) as file:
            size = os.fstat(file.fileno()).st_size
            if size > size_limit:
                raise MailTooLarge({"size": size, "limit": size_limit})
            return FetchedMail(uid=uid, raw=file.read())

    def open(self, uid: str) -> BinaryIO:
        """The mail's bytes as a stream. Raises MailGone."""
        try:
            descriptor = os.open(self._path(uid), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            raise MailGone({"uid": uid}) from None
        return os.fdopen(descriptor, "rb")

    def done(self, uid: str) -> None:
        """Move the mail to `cur/`. A mail of the same name that is there already stays, beside it.

        The folders are not flushed: should the machine forget the move, the mail waits again, which harms nothing."""
        path = self._path(uid)
        for place in range(1_000_000):
            target = self._cur / _seen_name(path.name, place)
            try:
                target.hardlink_to(path)
            except FileNotFoundError:
                return
            except FileExistsError:
                if not _same_file(path, target):
                    continue
            break
        path.unlink(missing_ok=True)

    def _path(self, uid: str) -> Path:
        name = os.fsdecode(unquote_to_bytes(uid))
        if "/" in name or "\0" in name or name in {"", ".", ".."}:
            raise MailGone({"uid": uid})
        return self._new / name

    def _files(self) -> Iterator[tuple[str, os.stat_result]]:
        with os.scandir(self._new) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):
                    seen = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(seen.st_mode) and not entry.name.startswith("."):
                        yield entry.name, seen

    def _look(self, name: str, seen: os.stat_result) -> _Look:
        state = (seen.st_ino, seen.st_size, seen.st_mtime_ns)
        before = self._looks.get(name)
        return before if before and before.state == state else _Look(state, self._clock())

    def _is_whole(self, name: str, look: _Look) -> bool:
        return bool(_DELIVERED_WHOLE.fullmatch(name)) or self._clock() - look.since >= self._settle_seconds


def deliver(root: Path, mail: Path) -> None:
    """Put a copy of the mail in the file `mail` into the Maildir `root`, whole from its first moment."""
    name = f"{int(mail.stat().st_mtime):010d}.{mail.stem[:32]}.delivered"
    for folder in ("tmp", "new", "cur"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    fresh = root / "tmp" / name
    shutil.copyfile(mail, fresh)
    descriptor = os.open(fresh, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    fresh.replace(root / "new" / name)


def _seen_name(name: str, place: int) -> str:
    """The name in `cur/`; `place` tells mails of the same name apart."""
    ending = (f".{place}" if place else "") + SEEN
    base = os.fsencode(name.partition(":")[0])
    return os.fsdecode(base[: _LONGEST_NAME - len(ending)]) + ending


def _same_file(one: Path, other: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return one.samefile(other)
    return False
