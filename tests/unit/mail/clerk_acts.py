"""What a clerk does with waiting mails and receipts, as the entry points form it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saraban.contracts.actor import Actor
from services.mail import commands
from services.mail.commands import Asked
from services.mail.desk import Desk
from services.mail.handlers import match_receipt as receipts
from services.mail.handlers.quarantine.dismiss_quarantined import dismiss_quarantined
from services.mail.handlers.quarantine.open_raw import open_raw
from services.mail.handlers.quarantine.register_quarantined import register_quarantined
from services.mail.handlers.quarantine.retry_quarantined import retry_quarantined

__all__ = ["dismiss", "match_receipt", "open_raw", "register", "retry"]


def retry(desk: Desk, actor: Actor, command_id: str, sha256: str) -> Mapping[str, Any]:
    command = commands.RetryQuarantined(sha256=sha256)
    return retry_quarantined(desk, Asked(actor=actor, command_id=command_id), command)


def register(
    desk: Desk, actor: Actor, command_id: str, sha256: str, particulars: Mapping[str, Any]
) -> Mapping[str, Any]:
    command = commands.RegisterQuarantined(sha256=sha256, particulars=particulars)
    return register_quarantined(desk, Asked(actor=actor, command_id=command_id), command)


def dismiss(desk: Desk, actor: Actor, command_id: str, sha256: str, reason: str) -> Mapping[str, Any]:
    command = commands.DismissQuarantined(sha256=sha256, reason=reason)
    return dismiss_quarantined(desk, Asked(actor=actor, command_id=command_id), command)


def match_receipt(
    desk: Desk, actor: Actor, command_id: str, letter_id: str, delivery_id: str, their_number: str | None
) -> Mapping[str, Any]:
    command = commands.MatchReceipt(letter_id=letter_id, delivery_id=delivery_id, their_number=their_number)
    return receipts.match_receipt(desk, Asked(actor=actor, command_id=command_id), command)
