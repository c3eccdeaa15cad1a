"""How far a letter's circulation has come: who has it, who has not read it, what was endorsed and ordered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saraban.contracts.actor import Actor
from saraban.contracts.shapes import shaped
from saraban.ports import ViewReader
from services.routing.domain.letter import Action, Reader
from services.routing.domain.matter import must_see
from services.routing.domain.people import Officer, People
from services.routing.views import shelves

SHOWN = 200
"""Readers and endorsements shown; the counts tell of the others."""


def circulation(views: ViewReader, actor: Actor, letter_id: str) -> dict[str, Any]:
    """Readers (unread ones first), counts, orders and endorsements of a letter, and where the actor stands.

    Raises LetterNotFound.
    """
    letter = must_see(shelves.letter_of(views, letter_id), actor)
    readers = _first_readers(views, letter_id)
    actions = list(shelves.actions_of(views, letter).values())
    people = _people_in(views, readers, actions)
    mine = shelves.readers_of(views, letter_id, [actor.officer_id]).get(actor.officer_id)
    return {
        "readers": [_reader_row(one, people) for one in readers],
        "counts": _counts(views, letter_id),
        "not_read": [people.officer_name(one.officer_id) for one in readers if one.read_at is None],
        "actions": [_action_row(one, people) for one in actions],
        "endorsements": _endorsements(views, letter_id),
        "mine": {"read_at": mine.read_at, "acknowledged_at": mine.acknowledged_at} if mine else None,
    }


def _first_readers(views: ViewReader, letter_id: str) -> list[Reader]:
    readers: list[Reader] = []
    for state in shelves.STATES:
        room = SHOWN - len(readers)
        if room:
            found = views.find(shelves.READERS, "letter", [shelves.letter_value(letter_id, state)], limit=room)
            readers += [shaped(one.doc, Reader) for one in found]
    return readers


def _counts(views: ViewReader, letter_id: str) -> dict[str, int]:
    unread, read, acknowledged = (
        views.count(shelves.READERS, "letter", [shelves.letter_value(letter_id, state)]) for state in shelves.STATES
    )
    return {"all": unread + read + acknowledged, "read": read + acknowledged, "acknowledged": acknowledged}


def _people_in(views: ViewReader, readers: Sequence[Reader], actions: Sequence[Action]) -> People:
    """The readers and addressees with the units in which they are now."""
    addressed = {one.to.id for one in actions if one.to.kind == "officer"}
    officers = shelves.people_named(views, (), {*addressed, *(one.officer_id for one in readers)}).officers
    units = {one.to.id for one in actions if one.to.kind == "unit"} | {one.unit_id for one in officers.values()}
    return People(units=shelves.people_named(views, units, ()).units, officers=officers)


def _reader_row(reader: Reader, people: People) -> dict[str, Any]:
    officer: Officer | None = people.officers.get(reader.officer_id)
    unit = people.units.get(officer.unit_id) if officer else None
    return {
        "officer_id": reader.officer_id,
        "name": people.officer_name(reader.officer_id),
        "title": officer.title if officer else "",
        "unit_id": officer.unit_id if officer else None,
        "unit_name": unit.name if unit else "",
        "via": reader.via,
        "read_at": reader.read_at,
        "acknowledged_at": reader.acknowledged_at,
    }


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
    found = views.find(shelves.ENDORSEMENTS, "letter", [letter_id], limit=SHOWN)
    return [{name: one.doc[name] for name in ("endorsement_id", "name", "title", "text", "at")} for one in found]
