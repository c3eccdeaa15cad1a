"""A folder as the way out: each mail becomes one file, named by its key, with its envelope in two fields on top.

The file is written under another name, flushed and linked to its own: `link` refuses a name that is taken, so a mail
that is handed over again changes nothing.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import uuid
from collections.abc import Sequence
from pathlib import Path

from saraban.contracts.errors.log import StoreFull
from saraban.engines.postman.envelope import check_envelope

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FolderPostman:
    """A Postman whose mails end up in the folder `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._writing = root / ".writing"
        self._writing.mkdir(parents=True, exist_ok=True)
        for left_behind in self._writing.iterdir():
            left_behind.unlink(missing_ok=True)

    def hand_over(self, key: str, sender: str, recipients: Sequence[str], raw: bytes) -> str:
        """Write the mail unless one with this key was written before; answers the name of the file.

        Raises StoreFull, RecipientNotMailable."""
        check_envelope(sender, recipients)
        name = _file_name(key)
        if not (self._root / name).exists():
            envelope = f"Return-Path: <{sender}>\r\nX-Envelope-To: {', '.join(recipients)}\r\n"
            self._write(name, envelope.encode() + raw)
        return name

    def _write(self, name: str, content: bytes) -> None:
        path = self._writing / uuid.uuid4().hex
        try:
            with path.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(path, self._root / name)
            _flush_folder(self._root)
        except OSError as error:
            if error.errno in _FULL:
                raise StoreFull from error
            raise
        finally:
            path.unlink(missing_ok=True)


def _file_name(key: str) -> str:
    """A name that people can read and no two keys share."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-")[:80]
    return f"{readable}.{hashlib.sha256(key.encode()).hexdigest()[:16]}.eml"


def _flush_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
