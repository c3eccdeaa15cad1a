"""Endorsing a letter (เกษียน), ordering action on it (สั่งการ), and saying that the action is done."""

from __future__ import annotations

from saraban.contracts.actor import Actor
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import NotInThisState
from saraban.contracts.errors.routing import ActionNotFound, EndorsementEmpty, MayNotOrder, NotOrderedToYou
from saraban.contracts.events import routing as said
from services.routing import commands
from services.routing.domain.letter import Letter
from services.routing.domain.matter import Matter, must_be_numbered, must_see, new_readers

OFFICE = ("officer", "head", "unit_registry", "registry_clerk")
COMMANDERS = ("head", "registry_clerk")


def endorse(matter: Matter, command: commands.Endorse, actor: Actor) -> tuple[object, ...]:
    """An officer writes on a numbered letter; a head or the central registry may order action with it."""
    letter = must_see(matter.letter, actor)
    if not actor.has(*OFFICE):
        raise NotAllowed
    must_be_numbered(letter)
    if not command.text and command.order is None:
        raise EndorsementEmpty({"field": "text"})
    ordered = (_ordered(matter, letter, command.text, command.order, actor),) if command.order else ()
    return (*_endorsed(letter, command, actor), *ordered)


def mark_action_done(matter: Matter, command: commands.MarkActionDone, actor: Actor) -> tuple[said.ActionDone, ...]:
    """Whoever was ordered, or anyone of the unit that was, says that it is done; once."""
    letter = must_see(matter.letter, actor)
    action = matter.actions.get(command.action_id)
    if action is None or action.letter_id != letter.letter_id:
        raise ActionNotFound({"action_id": command.action_id})
    if not _is_for(action.to, actor):
        raise NotOrderedToYou({"to": matter.people.name_of(action.to)})
    if action.done is not None:
        return ()
    done = said.ActionDone(
        letter_id=letter.letter_id, action_id=action.action_id, officer_id=actor.officer_id, note=command.note
    )
    return (done,)


def _endorsed(letter: Letter, command: commands.Endorse, actor: Actor) -> tuple[said.LetterEndorsed, ...]:
    if not command.text:
        return ()
    endorsed = said.LetterEndorsed(
        letter_id=letter.letter_id,
        endorsement_id=command.endorsement_id,
        officer_id=actor.officer_id,
        name=actor.name,
        title=actor.title,
        text=command.text,
    )
    return (endorsed,)


def _ordered(matter: Matter, letter: Letter, text: str, order: commands.Order, actor: Actor) -> said.ActionOrdered:
    if not actor.has(*COMMANDERS):
        raise MayNotOrder
    if letter.status == "closed":
        raise NotInThisState({"status": letter.status})
    return said.ActionOrdered(
        letter_id=letter.letter_id,
        action_id=order.action_id,
        order=order.order,
        text=text,
        to=order.to,
        due=order.due,
        readers=new_readers(matter, letter, (order.to,)),
    )


def _is_for(addressee: said.Addressee, actor: Actor) -> bool:
    if addressee.kind == "unit":
        return addressee.id == actor.unit_id and actor.has(*OFFICE)
    return addressee.id == actor.officer_id
