"""Saying that a mail is no letter."""

from __future__ import annotations

from saraban.contracts.cause import cause_of
from saraban.contracts.errors.letters import ReasonMissing
from services.mail.commands import Asked, DismissQuarantined
from services.mail.desk import Desk
from services.mail.handlers.quarantine.waiting import Answer, take_up


def dismiss_quarantined(desk: Desk, asked: Asked, command: DismissQuarantined) -> Answer:
    """The mail leaves quarantine for a reason; its bytes stay. Raises ReasonMissing."""
    reason = command.reason.strip()
    if not reason:
        raise ReasonMissing({"field": "reason"})
    cause = cause_of("dismiss_quarantined", sha256=command.sha256, reason=reason)
    waiting = take_up(desk, asked, cause, command.sha256)
    return waiting.answered or waiting.release("dismissed", reason=reason)
