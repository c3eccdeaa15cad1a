"""A receipt that came by telephone or on paper, noted by an officer."""

from __future__ import annotations

from typing import Any

from saraban.broker.threads import in_thread
from saraban.contracts import ids
from saraban.contracts.access import may_see
from saraban.contracts.actor import Actor
from saraban.contracts.cause import cause_of
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import LetterNotFound, TextTooLong
from saraban.contracts.errors.mail import DeliveryUnknown
from saraban.contracts.events import mail as said
from saraban.ports import ViewReader
from saraban.thai.numbers import arabic_digits
from services.mail.commands import Asked, MatchReceipt
from services.mail.desk import Desk
from services.mail.views import shelves

LONGEST_NUMBER = 100


def match_receipt(desk: Desk, asked: Asked, command: MatchReceipt) -> dict[str, Any]:
    """Note that the recipient acknowledged a delivery, with their receive number when told.

    Raises LetterNotFound, DeliveryUnknown, NotAllowed, TextTooLong. By the central registry or the unit that sent it.
    """
    letter_id, delivery_id = command.letter_id, command.delivery_id
    number = " ".join(arabic_digits(command.their_number or "").split()) or None
    if number and len(number) > LONGEST_NUMBER:
        raise TextTooLong({"field": "their_number", "limit": LONGEST_NUMBER})
    desk.abreast()
    in_thread(_check, desk.views, asked.actor, letter_id, delivery_id)
    received = said.ReceiptMatched(
        letter_id=letter_id, delivery_id=delivery_id, mail_sha256=None, their_number=number, matched_by="hand"
    )
    cause = cause_of("match_receipt", letter_id=letter_id, delivery_id=delivery_id, their_number=number)
    commit = desk.say(asked.command_id, asked.actor, cause, [(ids.letter_stream(letter_id), 0, received)])
    return {"position": commit.position}


def _check(views: ViewReader, actor: Actor, letter_id: str, delivery_id: str) -> None:
    letter = shelves.letter_of(views, letter_id)
    if letter is None or not may_see(actor, letter.audience):
        raise LetterNotFound({"letter_id": letter_id})
    if not actor.has("registry_clerk") and actor.unit_id != letter.unit_id:
        raise NotAllowed
    delivery = shelves.delivery_of(views, delivery_id)
    if delivery is None or delivery.letter_id != letter_id:
        raise DeliveryUnknown({"letter_id": letter_id, "delivery_id": delivery_id})
