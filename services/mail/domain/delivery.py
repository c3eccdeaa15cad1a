"""One letter to one recipient, from our hands to their register."""

from __future__ import annotations

from dataclasses import dataclass, replace

from saraban.contracts.events import mail as said
from saraban.contracts.events.registry import Recipient
from saraban.contracts.shapes import prepared

OPEN = ("queued", "deferred", "handed_over", "bounced", "failed", "needs_paper")
"""States in which someone still waits; `received` and `registered` are the good ends."""

ANSWERED = ("received", "registered")


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A delivery and where it stands. `state`: `queued`, `deferred` (tried, to be tried again), `handed_over`,
    `bounced`, `failed` (will not leave by mail), `needs_paper` (must not go by mail), `received` (ตอบรับ), `registered`
    (เลขรับ, with `their_number`). `at` is when it got there, `sent_at` when the letter was given out; ISO times, UTC."""

    delivery_id: str
    letter_id: str
    name: str
    channel: str
    address: str
    sent_at: str
    state: str
    at: str
    tries: int = 0
    reason: str | None = None
    their_number: str | None = None


def begin(letter_id: str, recipient: Recipient, secrecy: int, at: str) -> Delivery:
    """The delivery to one recipient of a letter given out at `at`. A classified letter never goes by ordinary mail."""
    refused = recipient.channel == "email" and secrecy > 0
    return Delivery(
        delivery_id=recipient.delivery_id,
        letter_id=letter_id,
        name=recipient.name,
        channel=recipient.channel,
        address=recipient.address,
        sent_at=at,
        state="needs_paper" if refused else "queued",
        at=at,
        reason="classified" if refused else None,
    )


def leaves_by_mail(delivery: Delivery) -> bool:
    """Whether its mail has still to leave."""
    return delivery.channel == "email" and delivery.state in {"queued", "deferred"}


def evolve(delivery: Delivery, happened: object, at: str) -> Delivery:
    """The delivery after one more event about it; what an answered one hears later changes nothing but its number."""
    match happened:
        case said.ReceiptMatched():
            number = happened.their_number or delivery.their_number
            state = "registered" if number else "received"
            return replace(delivery, state=state, at=at, their_number=number, reason=None)
        case _ if delivery.state in ANSWERED:
            return delivery
        case said.MailDeferred():
            return replace(delivery, state="deferred", at=at, tries=happened.tries, reason=happened.reason)
        case said.MailHandedOver():
            return replace(delivery, state="handed_over", at=at, reason=None)
        case said.MailGivenUp():
            return replace(delivery, state="failed", at=at, tries=happened.tries, reason=happened.reason)
        case said.MailBounced():
            return replace(delivery, state="bounced", at=at, reason=happened.reason)
        case _:
            return delivery
