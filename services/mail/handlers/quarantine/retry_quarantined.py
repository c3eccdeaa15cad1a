"""Trying to understand a mail again: after a limit was raised, or with a newer Saraban."""

from __future__ import annotations

from saraban.broker.threads import in_thread
from saraban.contracts.cause import cause_of
from services.mail.commands import Asked, RetryQuarantined
from services.mail.desk import Desk
from services.mail.domain.becoming import BecomesLetter
from services.mail.handlers.incoming.arriving import hand_to_registry
from services.mail.handlers.incoming.deciding import consequences, name_of
from services.mail.handlers.incoming.importing import read_stored
from services.mail.handlers.incoming.taking_in import settle
from services.mail.handlers.quarantine.waiting import Answer, Waiting, take_up
from services.mail.understanding import NotUnderstood, Understood, understand


def retry_quarantined(desk: Desk, asked: Asked, command: RetryQuarantined) -> Answer:
    """Try again; answers what became of the mail, `quarantine` when it is as hard to understand as before."""
    waiting = take_up(desk, asked, cause_of("retry_quarantined", sha256=command.sha256), command.sha256)
    if waiting.answered:
        return waiting.answered
    raw, size = read_stored(desk, command.sha256) if waiting.has_bytes else (b"", 0)
    if size > desk.settings.mail_limit:
        return waiting.as_before()
    read = in_thread(understand, raw, desk.limits)
    return _understood(waiting, read, size) if isinstance(read, Understood) else _not_yet(waiting, read)


def _understood(waiting: Waiting, read: Understood, size: int) -> Answer:
    became, letter_id = settle(waiting.desk, waiting.sha256, read)
    if isinstance(became, BecomesLetter):
        letter_id = hand_to_registry(waiting.desk, waiting.sha256, read, became, waiting.raw_file(size))
    more = consequences(waiting.sha256, became)
    return waiting.release("retried", letter_id=letter_id, became=name_of(became), more=more)


def _not_yet(waiting: Waiting, read: NotUnderstood) -> Answer:
    if waiting.outcome.reason == read.reason:
        return waiting.as_before()
    return waiting.keep(read.reason, read.detail)
