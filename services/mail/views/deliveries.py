"""What became of the letters that were sent, as officers see it."""

from __future__ import annotations

from typing import Any

from saraban.contracts.access import may_see
from saraban.contracts.actor import Actor
from saraban.contracts.errors.letters import LetterNotFound, UnknownChoice
from saraban.paging import continuation, next_page, page_size
from saraban.ports import ViewReader
from services.mail.domain.delivery import Delivery
from services.mail.views import shelves

LISTS = ("open", "all")
_SHOWN = ("delivery_id", "name", "channel", "address", "state", "at", "their_number", "reason", "tries")


def deliveries(views: ViewReader, actor: Actor, letter_id: str) -> dict[str, Any]:
    """The deliveries of a letter, in the order of its recipients. An incoming letter has none. Raises LetterNotFound,
    also for whoever may not see the letter."""
    letter = shelves.letter_of(views, letter_id)
    if letter is None or not may_see(actor, letter.audience):
        raise LetterNotFound({"letter_id": letter_id})
    found = sorted(shelves.deliveries_of(views, letter_id), key=_place)
    return {"rows": [_row(one) for one in found]}


def outgoing(views: ViewReader, actor: Actor, which: str, limit: int, continue_from: str | None) -> dict[str, Any]:
    """A page of deliveries of all letters that the actor might see when they were given out, newest first; `which` is
    `open` (someone still waits) or `all`. Raises UnknownChoice, BadContinuation."""
    if which not in LISTS:
        raise UnknownChoice({"field": "which", "value": which, "choices": ", ".join(LISTS)})
    size = page_size(limit)
    values = shelves.list_values(actor, which)
    found = views.find(
        shelves.DELIVERIES, "lists", values, limit=size + 1, after=continuation(continue_from), descending=True
    )
    shown = [shelves.read_delivery(one) for one in found[:size]]
    letters = shelves.letters_of(views, {one.letter_id for one in shown})
    rows = [
        {
            **_row(one),
            "letter_id": one.letter_id,
            "subject": letters[one.letter_id].particulars.subject,
            "shown": letters[one.letter_id].sent_number,
        }
        for one in shown
    ]
    return {"rows": rows, "next": next_page(found, size)}


def _row(delivery: Delivery) -> dict[str, Any]:
    plain = shelves.plain(delivery)
    return {name: plain[name] for name in _SHOWN}


def _place(delivery: Delivery) -> tuple[str, int, str]:
    """Delivery ids end with the recipient's place in the letter."""
    place = delivery.delivery_id.rpartition("-")[2]
    return delivery.sent_at, int(place) if place.isdecimal() else 0, delivery.delivery_id
