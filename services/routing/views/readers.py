"""Who has a letter, and how far each of them is: page by page, and counted by the unit through which it came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saraban.contracts.actor import Actor
from saraban.contracts.errors.letters import UnknownChoice
from saraban.contracts.shapes import shaped
from saraban.paging import continuation, next_page, page_size
from saraban.ports import ViewReader
from services.routing.domain.letter import Letter, Reader
from services.routing.domain.matter import must_see
from services.routing.domain.people import People
from services.routing.views import shelves

BY_NAME = "by_name"
"""Stands for the unit of those to whom a letter went by name."""


def readers(
    views: ViewReader,
    actor: Actor,
    letter_id: str,
    *,
    state: str | None = None,
    unit_id: str | None = None,
    limit: int = 50,
    continue_from: str | None = None,
) -> dict[str, Any]:
    """A page of a letter's readers in the order in which it came to them: all, or those in one of STATES, of all units
    or of one (BY_NAME: of none).

    Raises LetterNotFound, UnknownChoice, BadContinuation.
    """
    letter = must_see(shelves.letter_of(views, letter_id), actor)
    if state is not None and state not in shelves.STATES:
        raise UnknownChoice({"field": "state", "value": state, "choices": ", ".join(shelves.STATES)})
    ways = None if unit_id is None else [None if unit_id == BY_NAME else unit_id]
    values = shelves.reader_values(letter, [state] if state else shelves.STATES, ways)
    size = page_size(limit)
    found = views.find(shelves.READERS, "letter", values, limit=size + 1, after=continuation(continue_from))
    page = [shaped(one.doc, Reader) for one in found[:size]]
    return {"rows": reader_rows(views, page), "next": next_page(found, size)}


def first_readers(views: ViewReader, letter: Letter, most: int) -> list[Reader]:
    """The first readers of a letter, those who have not read it before the others."""
    first: list[Reader] = []
    for state in shelves.STATES:
        room = most - len(first)
        if room:
            found = views.find(shelves.READERS, "letter", shelves.reader_values(letter, [state]), limit=room)
            first += [shaped(one.doc, Reader) for one in found]
    return first


def reader_rows(views: ViewReader, page: Sequence[Reader]) -> list[dict[str, Any]]:
    """Readers with their names, and the units in which they are now."""
    officers = shelves.people_named(views, (), (one.officer_id for one in page)).officers
    units = shelves.people_named(views, (one.unit_id for one in officers.values()), ()).units
    people = People(units=units, officers=officers)
    return [_row(one, people) for one in page]


def count_readers(views: ViewReader, letter: Letter) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """How many have the letter, have read it, have acknowledged it; and the same with those who have not read it for
    each unit through which it came to them, and (last) for those to whom it went by name. Units without readers are
    left out; those with the most who have not read it come first."""
    tallies = {via: _tally(views, letter, via) for via in shelves.ways_to_readers(letter)}
    units = shelves.people_named(views, (via for via in tallies if via), ()).units
    rows: list[dict[str, Any]] = [
        {
            "unit_id": via or BY_NAME,
            "name": units[via].name if via is not None and via in units else (via or ""),
            **tally,
        }
        for via, tally in tallies.items()
        if tally["all"]
    ]
    rows.sort(key=lambda one: (one["unit_id"] == BY_NAME, -one["unread"], one["name"]))
    return {name: sum(one[name] for one in rows) for name in ("all", "read", "acknowledged")}, rows


def _tally(views: ViewReader, letter: Letter, via: str | None) -> dict[str, int]:
    unread, read, acknowledged = (
        views.count(shelves.READERS, "letter", [shelves.letter_value(letter.letter_id, state, via)])
        for state in shelves.STATES
    )
    return {
        "all": unread + read + acknowledged,
        "unread": unread,
        "read": read + acknowledged,
        "acknowledged": acknowledged,
    }


def _row(reader: Reader, people: People) -> dict[str, Any]:
    officer = people.officers.get(reader.officer_id)
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
