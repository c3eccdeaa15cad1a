"""Where routing's views keep things: the tables, their keys and indexes, written and read here only.

A document belongs to one stream and is written by its events alone, so a view that is rebuilt in another order is the
same view. What belongs to an inbox is indexed by the way it came (by name or through a unit) and by secrecy level: an
officer who moves or loses clearance asks with other values and finds no more than they may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from saraban.contracts.access import addressee_key, audience_to_wire, officer_key, unit_key
from saraban.contracts.actor import Actor
from saraban.contracts.events.routing import Addressee
from saraban.contracts.shapes import shaped
from saraban.ports import Document, Put, ViewReader
from services.routing.domain.letter import Action, Letter, Reader
from services.routing.domain.people import Officer, People, Unit

LETTERS = "letters"
READERS = "readers"
CIRCULATIONS = "circulations"
ACTIONS = "actions"
ENDORSEMENTS = "endorsements"
HISTORY = "history"
UNITS = "units"
OFFICERS = "officers"

STATES = ("unread", "read", "acknowledged")
EVERYONE = 1_000_000
MOST_COUNTED = 10_000
"""Where counting stops: a count of this much means so many or more."""

END_OF_TIME = "9999-12-31"

Part = TypeVar("Part", Letter, Reader, Action, Unit, Officer)


def put_letter(letter: Letter) -> Put:
    """The letter's own document."""
    doc = {**plain(letter), "audience": audience_to_wire(letter.audience)}
    return Put(table=LETTERS, key=letter.letter_id, doc=doc)


def put_reader(reader: Reader) -> Put:
    """A reader's document: in their inbox (`all`, `waiting`, `unread`) and among the letter's readers by state and by
    the unit through which it came to them."""
    place = [_inbox_value(reader.officer_id, reader.via, reader.secrecy)]
    return Put(
        table=READERS,
        key=reader_key(reader.letter_id, reader.officer_id),
        doc=plain(reader),
        index={
            "all": place,
            "waiting": place if reader.acknowledged_at is None else [],
            "unread": place if reader.read_at is None else [],
            "letter": [letter_value(reader.letter_id, _state(reader), reader.via)],
        },
        sort=reader.circulated_at,
    )


def put_action(action: Action) -> Put:
    """An order's document: with those who must act while it is open, the nearest due date first."""
    to = addressee_key(action.to)
    return Put(
        table=ACTIONS,
        key=action.action_id,
        doc=plain(action),
        index={
            "open": [f"{to}/{action.secrecy}"] if action.done is None else [],
            "about": [f"{action.letter_id}/{to}"],
        },
        sort=f"{action.due or END_OF_TIME} {action.ordered.at}",
    )


def put_unit(unit: Unit) -> Put:
    """A unit's document."""
    return Put(table=UNITS, key=unit.unit_id, doc=plain(unit))


def put_officer(officer: Officer) -> Put:
    """An officer's document, found by unit."""
    return Put(table=OFFICERS, key=officer.officer_id, doc=plain(officer), index={"unit": [officer.unit_id]})


def reader_key(letter_id: str, officer_id: str) -> str:
    """The key of a reader's document."""
    return f"{letter_id}:{officer_id}"


def letter_value(letter_id: str, state: str, via: str | None) -> str:
    """Under what the readers of a letter are found: those in one of STATES who have it through one unit, or (None) by
    name."""
    return f"{letter_id}/{state}@{via or ''}"


def ways_to_readers(letter: Letter) -> list[str | None]:
    """Through what the letter may have come to its readers: None for by name, and each unit of its audience."""
    units = (key.partition(":") for key in sorted(letter.audience.keys))
    return [None, *(name for kind, _, name in units if kind == "unit")]


def reader_values(letter: Letter, states: Iterable[str], ways: Iterable[str | None] | None = None) -> list[str]:
    """Under what the letter's readers in these states are found, whatever the way on which it came to them or (with
    `ways`) on these only."""
    through = ways_to_readers(letter) if ways is None else list(ways)
    return [letter_value(letter.letter_id, state, via) for state in states for via in through]


def inbox_values(actor: Actor) -> list[str]:
    """Under what the actor's inbox is found: what came by name or through their unit, up to their clearance."""
    ways = (None, actor.unit_id)
    return [_inbox_value(actor.officer_id, via, level) for via in ways for level in range(actor.clearance + 1)]


def targets(actor: Actor) -> tuple[str, str]:
    """The access keys to which an order goes that concerns the actor."""
    return officer_key(actor.officer_id), unit_key(actor.unit_id)


def order_values(actor: Actor) -> list[str]:
    """Under what the open orders are found that the actor or their unit must carry out."""
    return [f"{to}/{level}" for to in targets(actor) for level in range(actor.clearance + 1)]


def count(views: ViewReader, table: str, index: str, values: Iterable[str]) -> int:
    """How many documents stand under any of the values, MOST_COUNTED at most. Each document has one of them, so that
    adding up does, which is faster than telling apart."""
    return min(sum(views.count(table, index, [value], MOST_COUNTED) for value in values), MOST_COUNTED)


def letter_of(views: ViewReader, letter_id: str) -> Letter | None:
    """The letter, or None."""
    return _read(views.get(LETTERS, letter_id), Letter)


def letters_of(views: ViewReader, letter_ids: Iterable[str]) -> dict[str, Letter]:
    """The letters that exist among the ids."""
    return read_all(views.get_many(LETTERS, letter_ids), Letter)


def readers_of(views: ViewReader, letter_id: str, officer_ids: Iterable[str]) -> dict[str, Reader]:
    """Those of the officers who are readers of the letter, by officer."""
    keys = [reader_key(letter_id, officer_id) for officer_id in officer_ids]
    return {one.officer_id: one for one in read_all(views.get_many(READERS, keys), Reader).values()}


def action_of(views: ViewReader, action_id: str) -> Action | None:
    """The order, or None."""
    return _read(views.get(ACTIONS, action_id), Action)


def actions_of(views: ViewReader, letter: Letter) -> dict[str, Action]:
    """All orders on the letter, in the order in which they were given."""
    known = read_all(views.get_many(ACTIONS, letter.actions), Action)
    return {action_id: known[action_id] for action_id in letter.actions if action_id in known}


def people_addressed(views: ViewReader, to: Sequence[Addressee]) -> People:
    """The units addressed with all their officers, and the officers named."""
    unit_ids = [one.id for one in to if one.kind == "unit"]
    officers = read_all(views.get_many(OFFICERS, [one.id for one in to if one.kind == "officer"]), Officer)
    for found in views.find(OFFICERS, "unit", unit_ids, limit=EVERYONE) if unit_ids else ():
        officers[found.key] = shaped(found.doc, Officer)
    return People(units=read_all(views.get_many(UNITS, unit_ids), Unit), officers=officers)


def people_named(views: ViewReader, unit_ids: Iterable[str], officer_ids: Iterable[str]) -> People:
    """Units and officers by id, for their names."""
    return People(
        units=read_all(views.get_many(UNITS, sorted(set(unit_ids))), Unit),
        officers=read_all(views.get_many(OFFICERS, sorted(set(officer_ids))), Officer),
    )


def plain(value: object) -> dict[str, Any]:
    """A part as plain values."""
    doc: dict[str, Any] = msgspec.to_builtins(value)
    return doc


def read_all(docs: dict[str, Document], part: type[Part]) -> dict[str, Part]:
    """The parts behind documents, by key."""
    return {key: shaped(doc, part) for key, doc in docs.items()}


def _read(doc: Document | None, part: type[Part]) -> Part | None:
    return None if doc is None else shaped(doc, part)


def _inbox_value(officer_id: str, via: str | None, secrecy: int) -> str:
    return f"{officer_id}@{via or ''}/{secrecy}"


def _state(reader: Reader) -> str:
    if reader.acknowledged_at is not None:
        return "acknowledged"
    return "unread" if reader.read_at is None else "read"
