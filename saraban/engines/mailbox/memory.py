"""A mailbox in memory, for tests."""

from __future__ import annotations

import io
from typing import BinaryIO

from saraban.contracts.errors.mail import MailGone, MailTooLarge
from saraban.ports import FetchedMail


class MemoryMailbox:
    """A Mailbox into which tests put mails with `deliver`; `seen` are those that are done."""

    def __init__(self) -> None:
        self._waiting: dict[str, bytes] = {}
        self._next = 1
        self.seen: dict[str, bytes] = {}

    def deliver(self, raw: bytes) -> str:
        """Put a mail into the box and answer its uid."""
        uid = str(self._next)
        self._next += 1
        self._waiting[uid] = raw
        return uid

    def waiting(self, limit: int) -> list[str]:
        """Uids of mails not yet done, oldest first."""
        return list(self._waiting)[:limit]

    def fetch(self, uid: str, size_limit: int) -> FetchedMail:
        """The mail's bytes. Raises MailGone, MailTooLarge."""
        raw = self.open(uid).read()
        if len(raw) > size_limit:
            raise MailTooLarge({"size": len(raw), "limit": size_limit})
        return FetchedMail(uid=uid, raw=raw)

    def open(self, uid: str) -> BinaryIO:
        """The mail's bytes as a stream. Raises MailGone."""
        if uid not in self._waiting:
            raise MailGone({"uid": uid})
        return io.BytesIO(self._waiting[uid])

    def done(self, uid: str) -> None:
        """Mark a mail as dealt with."""
        if uid in self._waiting:
            self.seen[uid] = self._waiting.pop(uid)
