"""The matter in hand, taken from the views: as much as one command concerns, however long the letter's history is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from saraban.contracts.actor import Actor
from saraban.contracts.events.routing import Addressee
from saraban.ports import ViewReader
from services.routing import commands
from services.routing.domain.letter import Letter
from services.routing.domain.matter import Matter
from services.routing.views import shelves


def matter_for(views: ViewReader, command: commands.Command, actor: Actor) -> Matter:
    """The letter that a command is about, with the readers, orders and people that it concerns."""
    letter = shelves.letter_of(views, command.letter_id)
    if letter is None:
        return Matter(letter=None)
    match command:
        case commands.Circulate():
            return _addressed(views, letter, command.to)
        case commands.MarkRead() | commands.Acknowledge():
            own = shelves.readers_of(views, letter.letter_id, [actor.officer_id])
            return Matter(letter=letter, readers=own)
        case commands.Endorse():
            return _addressed(views, letter, (command.order.to,) if command.order else ())
        case commands.MarkActionDone():
            return _ordered(views, letter, command.action_id)
        case _:
            assert_never(command)


def _addressed(views: ViewReader, letter: Letter, to: Sequence[Addressee]) -> Matter:
    people = shelves.people_addressed(views, to)
    readers = shelves.readers_of(views, letter.letter_id, people.officers) if letter.circulations else {}
    return Matter(letter=letter, readers=readers, people=people)


def _ordered(views: ViewReader, letter: Letter, action_id: str) -> Matter:
    action = shelves.action_of(views, action_id)
    if action is None:
        return Matter(letter=letter)
    units, officers = ([action.to.id], []) if action.to.kind == "unit" else ([], [action.to.id])
    people = shelves.people_named(views, units, officers)
    return Matter(letter=letter, actions={action_id: action}, people=people)
