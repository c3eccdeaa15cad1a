"""Mails too large to be read: their bytes pass through to intake in flat memory, and a clerk gets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from saraban.broker.threads import in_thread
from services.mail.desk import Desk
from services.mail.handlers.incoming.arriving import raw_name
from services.mail.handlers.incoming.outcome import Came, Outcome
from services.mail.handlers.incoming.taking_in import to_quarantine, what_became
from services.mail.understanding import NotUnderstood
from services.mail.understanding.mail import not_understood

PIECE = 1_000_000
REASON = "too_large"


def take_in_oversize(desk: Desk, uid: str, size: int) -> Outcome:
    """Keep a mail over the limit and have it wait for a clerk. Raises FileTooLarge when intake takes none so large."""
    with in_thread(desk.mailbox.open, uid) as stream:
        head = in_thread(stream.read, PIECE)
        read = in_thread(not_understood, REASON, f"{size}", head)
        stored = desk.files.put(
            _rest(head, stream), name=raw_name(read.subject), media_type="message/rfc822", size=size, any_type=True
        )
    return oversize(desk, Came(sha256=stored["sha256"], size=size, uid=uid), read)


def oversize(desk: Desk, mail: Came, read: NotUnderstood) -> Outcome:
    """Have a mail that is kept but was not read wait for a clerk, unless that was done before."""
    return what_became(desk, mail.sha256) or to_quarantine(desk, mail, read)


def _rest(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    while piece := in_thread(stream.read, PIECE):
        yield piece
