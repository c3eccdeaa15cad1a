"""An officer's inbox: what they must read, and what they or their unit must do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from saraban.contracts.actor import Actor
from saraban.contracts.errors.letters import UnknownChoice
from saraban.contracts.shapes import shaped
from saraban.paging import continuation, next_page, page_size
from saraban.ports import ViewReader
from services.routing.domain.letter import Action, Letter, Reader
from services.routing.views import shelves

LISTS = ("waiting", "all", "actions")
MOST_ORDERS = 2_000
"""Orders shown on one page of letters, all letters together."""


def inbox(
    views: ViewReader, actor: Actor, which: str = "waiting", limit: int = 50, continue_from: str | None = None
) -> dict[str, Any]:
    """A page of the inbox with its counts: `waiting` (not acknowledged) and `all` hold a row a letter, the last
    circulated first; `actions` a row an open order, the nearest due first.

    Raises UnknownChoice, BadContinuation.
    """
    if which not in LISTS:
        raise UnknownChoice({"field": "which", "value": which, "choices": ", ".join(LISTS)})
    size, place = page_size(limit), continuation(continue_from)
    page = _orders if which == "actions" else _letters
    return {**page(views, actor, which, size, place), "counts": counts(views, actor)}


def counts(views: ViewReader, actor: Actor) -> dict[str, int]:
    """How many letters wait and are unread, and how many orders are open; each stops at MOST_COUNTED."""
    mine, orders = shelves.inbox_values(actor), shelves.order_values(actor)
    return {
        "waiting": shelves.count(views, shelves.READERS, "waiting", mine),
        "unread": shelves.count(views, shelves.READERS, "unread", mine),
        "actions": shelves.count(views, shelves.ACTIONS, "open", orders),
    }


def _letters(views: ViewReader, actor: Actor, which: str, size: int, place: tuple[str, str] | None) -> dict[str, Any]:
    mine = shelves.inbox_values(actor)
    found = views.find(shelves.READERS, which, mine, limit=size + 1, after=place, descending=True)
    readers = [shaped(one.doc, Reader) for one in found[:size]]
    letters = shelves.letters_of(views, [one.letter_id for one in readers])
    orders = _orders_about(views, actor, [one.letter_id for one in letters.values() if one.actions])
    notes = _notes(views, readers)
    rows = [_row(letters[one.letter_id], one, notes, orders.get(one.letter_id, []), actor) for one in readers]
    return {"rows": rows, "next": next_page(found, size)}


def _orders(views: ViewReader, actor: Actor, _: str, size: int, place: tuple[str, str] | None) -> dict[str, Any]:
    found = views.find(shelves.ACTIONS, "open", shelves.order_values(actor), limit=size + 1, after=place)
    orders = [shaped(one.doc, Action) for one in found[:size]]
    letters = shelves.letters_of(views, {one.letter_id for one in orders})
    keys = [shelves.reader_key(letter_id, actor.officer_id) for letter_id in letters]
    readers = {one.letter_id: one for one in shelves.read_all(views.get_many(shelves.READERS, keys), Reader).values()}
    notes = _notes(views, readers.values())
    rows = [_row(letters[one.letter_id], readers.get(one.letter_id), notes, [one], actor) for one in orders]
    return {"rows": rows, "next": next_page(found, size)}


def _orders_about(views: ViewReader, actor: Actor, letter_ids: Sequence[str]) -> dict[str, list[Action]]:
    """The orders on these letters that concern the actor, done ones too."""
    values = [f"{letter_id}/{to}" for letter_id in letter_ids for to in shelves.targets(actor)]
    orders: dict[str, list[Action]] = {}
    for found in views.find(shelves.ACTIONS, "about", values, limit=MOST_ORDERS) if values else ():
        order = shaped(found.doc, Action)
        orders.setdefault(order.letter_id, []).append(order)
    return orders


def _notes(views: ViewReader, readers: Iterable[Reader]) -> dict[str, str]:
    circulations = views.get_many(shelves.CIRCULATIONS, {one.circulation_id for one in readers})
    return {key: doc["note"] for key, doc in circulations.items()}


def _row(
    letter: Letter, reader: Reader | None, notes: Mapping[str, str], orders: Sequence[Action], actor: Actor
) -> dict[str, Any]:
    particulars = letter.particulars
    return {
        "letter_id": letter.letter_id,
        "status": letter.status,
        "subject": particulars.subject,
        "number": particulars.number,
        "sender": particulars.sender,
        "dated": particulars.dated,
        "urgency": particulars.urgency,
        "deliver_by": particulars.deliver_by,
        "secrecy": particulars.secrecy,
        "shown": letter.shown_to(actor.unit_id),
        "circulated_at": reader.circulated_at if reader else None,
        "note": notes.get(reader.circulation_id, "") if reader else "",
        "read_at": reader.read_at if reader else None,
        "acknowledged_at": reader.acknowledged_at if reader else None,
        "actions": [_order_row(one) for one in orders],
    }


def _order_row(order: Action) -> dict[str, Any]:
    return {
        "action_id": order.action_id,
        "order": order.order,
        "text": order.text,
        "due": order.due,
        "done_at": order.done.at if order.done else None,
    }
