"""The matter in hand: as much of a letter as one decision needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from saraban.contracts.access import may_see
from saraban.contracts.actor import Actor
from saraban.contracts.errors.letters import LetterNotFound, NotInThisState
from saraban.contracts.errors.routing import NotNumbered
from saraban.contracts.events.routing import Addressee
from saraban.contracts.events.routing import Reader as NewReader
from services.routing.domain.letter import Action, Letter, Reader
from services.routing.domain.people import People, readers_for

NOT_YET_NUMBERED = frozenset({"arrived", "draft", "presented"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A letter with those of its readers and orders, and of the organisation, whom a command concerns. `letter` is
    None when there is no such letter."""

    letter: Letter | None
    readers: Mapping[str, Reader] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    people: People = field(default_factory=People)

    @property
    def position(self) -> int:
        """The log position at which these readers and orders last changed; 0 when there are none."""
        done = [one.done.position for one in self.actions.values() if one.done]
        return max([*(one.position for one in self.readers.values()), *done], default=0)


def must_see(letter: Letter | None, actor: Actor) -> Letter:
    """The letter. Raises LetterNotFound for whoever may not see it: they learn nothing, not even that it exists."""
    if letter is None or not may_see(actor, letter.audience):
        raise LetterNotFound
    return letter


def must_be_numbered(letter: Letter) -> None:
    """Only what stands in a register is routed. Raises NotNumbered, or NotInThisState for a void letter."""
    if letter.status in NOT_YET_NUMBERED:
        raise NotNumbered({"status": letter.status})
    if letter.status == "voided":
        raise NotInThisState({"status": letter.status})


def new_readers(matter: Matter, letter: Letter, to: Iterable[Addressee]) -> tuple[NewReader, ...]:
    """The officers behind the addressees whom the letter has not reached yet. Raises what `readers_for` raises."""
    meant = readers_for(to, matter.people, letter.audience.secrecy)
    return tuple(one for one in meant if not _reached(matter, one.officer_id))


def _reached(matter: Matter, officer_id: str) -> bool:
    """Whether the officer has the letter by name or through the unit where they are now. A letter that came through
    a former unit stayed there."""
    reader = matter.readers.get(officer_id)
    return reader is not None and reader.via in {None, matter.people.officers[officer_id].unit_id}
