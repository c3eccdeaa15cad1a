"""What each event changes in mail's views."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from saraban.contracts import codec
from saraban.contracts.events import WIRE
from saraban.contracts.events import mail as said
from saraban.contracts.events import registry as said_by_registry
from saraban.follow import Happened
from saraban.ports import Change, ViewReader
from services.mail.domain import delivery as deliveries
from services.mail.domain import letter as letters
from services.mail.domain.letter import Letter
from services.mail.domain.waits import due_after
from services.mail.tokens import delivery_key, receipt_key
from services.mail.views import shelves
from services.mail.views.shelves import Due

Projection = Callable[[Happened, ViewReader], Iterable[Change]]

OTHERS_SAY = (
    "letter.arrived",
    "letter.particulars_corrected",
    "letter.registered",
    "letter.drafted",
    "letter.draft_revised",
    "letter.draft_presented",
    "letter.numbered",
    "letter.fair_copy_made",
    "letter.sent",
    "letter.circulated",
    "letter.action_ordered",
)
"""What others say of a letter that changes what mail knows of it, or who may see it."""


def projections() -> dict[str, Projection]:
    """Wire name → what it changes."""
    codec.load_events()
    own = [name for name, (kind, _) in WIRE.items() if kind.__module__ == said.__name__ and name.startswith("letter.")]
    return {
        **dict.fromkeys((*OTHERS_SAY, *own), letter_changes),
        "agency.named": agency_changes,
        "mail.fetched": mail_fetched,
        "mail.quarantined": mail_quarantined,
        "mail.released": mail_released,
    }


def letter_changes(happened: Happened, views: ViewReader) -> Iterator[Change]:
    """One more event of a letter's stream."""
    before = shelves.letter_of(views, happened.event.letter_id)
    after = letters.evolve(before, happened.event)
    if after is None:
        return
    if after != before:
        yield shelves.put_letter(after)
    yield from _sent(after, happened, views)
    if letters.wants_receipts(after):
        yield from _receipts(before, after, happened, views)


def agency_changes(happened: Happened, _: ViewReader) -> Iterator[Change]:
    """The agency was named."""
    yield shelves.put_agency(happened.event)


def mail_fetched(happened: Happened, _: ViewReader) -> Iterator[Change]:
    """A mail was taken in."""
    event: said.MailFetched = happened.event
    state = "quarantined" if event.became == "quarantine" else "done"
    fields = ("sha256", "uid", "size", "sender", "subject", "became", "letter_id")
    known = {name: getattr(event, name) for name in fields}
    more = {"flags": list(event.flags), "fetched_at": happened.at, "state": state, "reason": "", "detail": ""}
    yield shelves.put_mail({**known, **more})


def mail_quarantined(happened: Happened, views: ViewReader) -> Iterator[Change]:
    """A mail waits for a clerk, for this reason."""
    event: said.MailQuarantined = happened.event
    yield from _mail_now(views, event.sha256, state="quarantined", reason=event.reason, detail=event.detail)


def mail_released(happened: Happened, views: ViewReader) -> Iterator[Change]:
    """A clerk dealt with a mail."""
    event: said.MailReleased = happened.event
    yield from _mail_now(views, event.sha256, state="released", letter_id=event.letter_id)


def _mail_now(views: ViewReader, sha256: str, **changed: Any) -> Iterator[Change]:
    known = views.get(shelves.MAILS, sha256)
    if known is not None:
        yield shelves.put_mail({**known, **changed})


def _sent(letter: Letter, happened: Happened, views: ViewReader) -> Iterator[Change]:
    """What an event changes about the deliveries of a letter."""
    event = happened.event
    match event:
        case said_by_registry.LetterSent():
            yield from _begun(letter, event, happened.at)
        case said.MailDeferred():
            yield from _moved(letter, event, happened, views)
            yield from _put_off(delivery_key(event.delivery_id), event.tries, happened.at, views)
        case said.MailHandedOver() | said.MailGivenUp():
            yield from _moved(letter, event, happened, views)
            yield shelves.drop_due(delivery_key(event.delivery_id))
        case said.MailBounced() | said.ReceiptMatched():
            yield from _moved(letter, event, happened, views)
        case _:
            return


def _begun(letter: Letter, event: said_by_registry.LetterSent, at: str) -> Iterator[Change]:
    for recipient in event.recipients:
        delivery = deliveries.begin(letter.letter_id, recipient, letter.audience.secrecy, at)
        yield shelves.put_delivery(delivery, letter)
        if deliveries.leaves_by_mail(delivery):
            key = delivery_key(delivery.delivery_id)
            due = Due(key=key, letter_id=letter.letter_id, delivery_id=delivery.delivery_id, asked_at=at, due=at)
            yield shelves.put_due(due)


def _moved(letter: Letter, event: Any, happened: Happened, views: ViewReader) -> Iterator[Change]:
    delivery = shelves.delivery_of(views, event.delivery_id)
    if delivery is not None and delivery.letter_id == letter.letter_id:
        yield shelves.put_delivery(deliveries.evolve(delivery, event, happened.at), letter)


def _put_off(key: str, tries: int, at: str, views: ViewReader) -> Iterator[Change]:
    waiting = views.get(shelves.OUTBOX, key)
    if waiting is not None:
        yield shelves.put_due(replace(shelves.read_due(waiting), tries=tries, due=due_after(tries, at)))


def _receipts(before: Letter | None, letter: Letter, happened: Happened, views: ViewReader) -> Iterator[Change]:
    """What an event changes about the receipts that the sender of a letter is owed: the second one tells the first
    number that it gets here, the central registry's."""
    event = happened.event
    match event:
        case said_by_registry.LetterArrived():
            yield shelves.put_due(_owed(letter, "arrived", happened.at))
        case said_by_registry.LetterRegistered() if before is not None and before.registered is None:
            yield shelves.put_due(_owed(letter, "registered", happened.at))
        case said.ReceiptDeferred():
            yield from _put_off(receipt_key(letter.letter_id, event.kind), event.tries, happened.at, views)
        case said.ReceiptSent() | said.ReceiptGivenUp():
            yield shelves.drop_due(receipt_key(letter.letter_id, event.kind))
        case _:
            return


def _owed(letter: Letter, kind: str, at: str) -> Due:
    return Due(key=receipt_key(letter.letter_id, kind), letter_id=letter.letter_id, kind=kind, asked_at=at, due=at)
