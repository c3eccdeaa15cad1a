"""Circulating a letter, reading it and acknowledging it (เวียน, ทราบ)."""

from __future__ import annotations

from saraban.contracts.access import addressee_key
from saraban.contracts.actor import Actor
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.routing import NotAReader
from saraban.contracts.events import routing as said
from services.routing import commands
from services.routing.domain.matter import Matter, must_be_numbered, must_see, new_readers

CIRCULATORS = ("registry_clerk", "unit_registry", "head")


def circulate(matter: Matter, command: commands.Circulate, actor: Actor) -> tuple[said.LetterCirculated, ...]:
    """The letter goes to everyone addressed who does not have it yet; nothing happens when all have it."""
    letter = must_see(matter.letter, actor)
    if not actor.has(*CIRCULATORS):
        raise NotAllowed
    must_be_numbered(letter)
    readers = new_readers(matter, letter, command.to)
    if not readers and all(addressee_key(one) in letter.audience.keys for one in command.to):
        return ()
    circulated = said.LetterCirculated(
        letter_id=letter.letter_id,
        circulation_id=command.circulation_id,
        addressees=command.to,
        readers=readers,
        note=command.note,
    )
    return (circulated,)


def mark_read(matter: Matter, _: commands.MarkRead, actor: Actor) -> tuple[said.LetterRead, ...]:
    """The first look of a reader is kept; later ones, and those of officers who need not read it, are not."""
    letter = must_see(matter.letter, actor)
    reader = matter.readers.get(actor.officer_id)
    if reader is None or reader.read_at is not None:
        return ()
    return (said.LetterRead(letter_id=letter.letter_id, officer_id=actor.officer_id),)


def acknowledge(matter: Matter, _: commands.Acknowledge, actor: Actor) -> tuple[said.LetterAcknowledged, ...]:
    """A reader takes note of the letter, once. Raises NotAReader for anyone else."""
    letter = must_see(matter.letter, actor)
    reader = matter.readers.get(actor.officer_id)
    if reader is None:
        raise NotAReader
    if reader.acknowledged_at is not None:
        return ()
    return (said.LetterAcknowledged(letter_id=letter.letter_id, officer_id=actor.officer_id),)
