"""Where mail's views keep things: the tables, their keys and indexes, written and read here only.

`letters` and `deliveries` follow the streams of letters; `outbox` holds what must still leave, sorted by when it is
due; `mails` holds every mail that was taken in. A letter to 10,000 recipients changes one delivery at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from saraban.contracts.access import audience_to_wire
from saraban.contracts.actor import Actor
from saraban.contracts.events.registry import AgencyNamed
from saraban.contracts.shapes import prepared, shaped
from saraban.ports import Delete, Document, Found, Put, ViewReader
from saraban.thai.search_key import letter_number_key
from services.mail.domain.delivery import OPEN, Delivery
from services.mail.domain.letter import RECEIPT_KINDS, Letter
from services.mail.tokens import delivery_key, receipt_key, token_of

AGENCY = "agency"
DELIVERIES = "deliveries"
LETTERS = "letters"
MAILS = "mails"
OUTBOX = "outbox"

MANY = 1_000_000


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that must leave: the mail of a delivery, or a receipt of a kind. `asked_at` is when it was asked for,
    `due` when to try it (next), `tries` how often it failed; ISO times, UTC."""

    key: str
    letter_id: str
    asked_at: str
    due: str
    delivery_id: str | None = None
    kind: str | None = None
    tries: int = 0


def put_letter(letter: Letter) -> Put:
    """The letter's document; found by its number when sent, and by the tokens of its receipts."""
    number = [letter_number_key(letter.sent_number)] if letter.sent_number else []
    receipts = [] if letter.outgoing else [token_of(receipt_key(letter.letter_id, kind)) for kind in RECEIPT_KINDS]
    doc = {**plain(letter), "audience": audience_to_wire(letter.audience)}
    return Put(table=LETTERS, key=letter.letter_id, doc=doc, index={"number": number, "token": receipts})


def put_delivery(delivery: Delivery, letter: Letter) -> Put:
    """A delivery's document: among those of its letter, under the token that its mail carries, and in the lists of
    whoever might see the letter when it was given out."""
    lists = ("all", "open") if delivery.state in OPEN else ("all",)
    level = letter.audience.secrecy
    return Put(
        table=DELIVERIES,
        key=delivery.delivery_id,
        doc=plain(delivery),
        index={
            "letter": [delivery.letter_id],
            "token": [token_of(delivery_key(delivery.delivery_id))],
            "lists": [f"{which}/{key}/{level}" for which in lists for key in sorted(letter.audience.keys)],
        },
        sort=delivery.sent_at,
    )


def put_due(due: Due) -> Put:
    """Something that must leave, the first due first."""
    return Put(table=OUTBOX, key=due.key, doc=plain(due), index={"due": ["due"]}, sort=due.due)


def drop_due(key: str) -> Delete:
    """It has left, or never will."""
    return Delete(table=OUTBOX, key=key)


def put_mail(doc: dict[str, Any]) -> Put:
    """A mail that was taken in; found by `state`: `quarantined`, `released` or `done`."""
    return Put(table=MAILS, key=doc["sha256"], doc=doc, index={"state": [doc["state"]]}, sort=doc["fetched_at"])


def put_agency(agency: AgencyNamed) -> Put:
    """The agency's name and central address."""
    return Put(table=AGENCY, key=AGENCY, doc=plain(agency))


def list_values(actor: Actor, which: str) -> list[str]:
    """Under what an actor's list of deliveries is found, up to their clearance; `which` is `open` or `all`."""
    return [f"{which}/{key}/{level}" for key in actor.keys for level in range(actor.clearance + 1)]


def agency_of(views: ViewReader) -> AgencyNamed | None:
    """The agency, once it is named."""
    doc = views.get(AGENCY, AGENCY)
    return None if doc is None else shaped(doc, AgencyNamed)


def letter_of(views: ViewReader, letter_id: str) -> Letter | None:
    """The letter, or None."""
    doc = views.get(LETTERS, letter_id)
    return None if doc is None else shaped(doc, Letter)


def letters_of(views: ViewReader, letter_ids: Iterable[str]) -> dict[str, Letter]:
    """The letters that exist among the ids."""
    return {key: shaped(doc, Letter) for key, doc in views.get_many(LETTERS, letter_ids).items()}


def delivery_of(views: ViewReader, delivery_id: str) -> Delivery | None:
    """The delivery, or None."""
    doc = views.get(DELIVERIES, delivery_id)
    return None if doc is None else shaped(doc, Delivery)


def deliveries_of(views: ViewReader, letter_id: str) -> list[Delivery]:
    """The deliveries of a letter."""
    return [read_delivery(one) for one in views.find(DELIVERIES, "letter", [letter_id], limit=MANY)]


def read_delivery(found: Found) -> Delivery:
    """The delivery that a find answered."""
    return shaped(found.doc, Delivery)


def read_due(doc: Document) -> Due:
    """What must leave, from its document."""
    return shaped(doc, Due)


def plain(value: object) -> dict[str, Any]:
    """A part as plain values."""
    doc: dict[str, Any] = msgspec.to_builtins(value)
    return doc
