"""How far a letter's circulation has come: who has it, who has not read it, what was endorsed and ordered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from saraban.contracts.actor import Actor
from saraban.ports import ViewReader
from services.routing.domain.letter import Action
from services.routing.domain.matter import must_see
from services.routing.domain.people import People
from services.routing.views import shelves
from services.routing.views.readers import count_readers, first_readers, reader_rows

SHOWN = 200
"""The first readers and last endorsements shown; `readers` and `history` tell of the others page by page."""


def circulation(views: ViewReader, actor: Actor, letter_id: str) -> dict[str, Any]:
    """The first readers (unread ones before others), counts over all and by unit, orders and endorsements of a letter,
    and where the actor stands.

    Raises LetterNotFound.
    """
    letter = must_see(shelves.letter_of(views, letter_id), actor)
    readers = reader_rows(views, first_readers(views, letter, SHOWN))
    counts, units = count_readers(views, letter)
    actions = list(shelves.actions_of(views, letter).values())
    people = _addressees(views, actions)
    mine = shelves.readers_of(views, letter_id, [actor.officer_id]).get(actor.officer_id)
    return {
        "readers": readers,
        "counts": counts,
        "units": units,
        "not_read": [one["name"] for one in readers if one["read_at"] is None],
        "actions": [_action_row(one, people) for one in actions],
        "endorsements": _endorsements(views, letter_id),
        "mine": {"read_at": mine.read_at, "acknowledged_at": mine.acknowledged_at} if mine else None,
    }


def _addressees(views: ViewReader, actions: Iterable[Action]) -> People:
    to = [one.to for one in actions]
    units = [one.id for one in to if one.kind == "unit"]
    return shelves.people_named(views, units, (one.id for one in to if one.kind == "officer"))


def _action_row(action: Action, people: People) -> dict[str, Any]:
    done = action.done
    return {
        "action_id": action.action_id,
        "order": action.order,
        "text": action.text,
        "to": shelves.plain(action.to),
        "to_name": people.name_of(action.to),
        "due": action.due,
        "ordered_by": action.ordered.name,
        "ordered_at": action.ordered.at,
        "done_at": done.at if done else None,
        "done_by": done.name if done else None,
        "done_note": action.done_note,
    }


def _endorsements(views: ViewReader, letter_id: str) -> list[dict[str, Any]]:
    found = reversed(views.find(shelves.ENDORSEMENTS, "letter", [letter_id], limit=SHOWN, descending=True))
    return [{name: one.doc[name] for name in ("endorsement_id", "name", "title", "text", "at")} for one in found]
