"""What routing knows of a letter, in the parts in which it is kept: the letter, one part for each reader and for each
order. A part changes only by events of the letter's own stream, so that a letter with 10,000 readers costs no more per
acknowledgement than one with two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from saraban.contracts.access import Audience, evolve_audience
from saraban.contracts.events import registry as said_by_registry
from saraban.contracts.events import routing as said
from saraban.contracts.events.routing import Addressee
from saraban.contracts.letters import Particulars
from saraban.contracts.registrations import Registrations, registered, voided
from saraban.contracts.shapes import prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When something happened and through whom: the commit's ISO time in UTC, position and officer."""

    at: str
    position: int
    officer_id: str
    name: str


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter itself. `status`: arrived, registered, voided, draft, presented, signed, sent or closed;
    `circulations` are the ids of what gave it readers (circulations and orders)."""

    letter_id: str
    status: str
    particulars: Particulars
    audience: Audience
    registrations: Registrations = ()
    sent_number: str | None = None
    circulations: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    def shown_to(self, unit_id: str) -> str | None:
        """The number under which a unit knows the letter: its own receive number, else that of the first unit that
        numbered it, else the send number."""
        standing = [one for one in self.registrations if not one.voided]
        own = [one for one in standing if one.unit_id == unit_id]
        numbers = [one.shown for one in [*own, *standing]]
        return numbers[0] if numbers else self.sent_number


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One officer who must read the letter. `via` is the unit through which it came, None when named; `position` the
    log position at which this last changed."""

    letter_id: str
    officer_id: str
    via: str | None
    circulation_id: str
    circulated_at: str
    secrecy: int
    position: int
    read_at: str | None = None
    acknowledged_at: str | None = None


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An order on the letter and what became of it."""

    letter_id: str
    action_id: str
    order: str
    text: str
    to: Addressee
    due: str | None
    secrecy: int
    ordered: When
    done: When | None = None
    done_note: str = ""


def evolve_letter(letter: Letter | None, happened: object) -> Letter | None:
    """The letter after one more event of its stream; None until it arrives or is drafted."""
    if letter is None:
        return _begun(happened)
    audience = evolve_audience(letter.audience, happened)
    if audience != letter.audience:
        letter = replace(letter, audience=audience)
    return _evolve_routed(_evolve_registered(letter, happened), happened)


def _begun(happened: object) -> Letter | None:
    match happened:
        case said_by_registry.LetterArrived():
            status = "arrived"
        case said_by_registry.LetterDrafted():
            status = "draft"
        case _:
            return None
    return Letter(
        letter_id=happened.letter_id,
        status=status,
        particulars=happened.particulars,
        audience=evolve_audience(Audience(), happened),
    )


def _evolve_registered(letter: Letter, happened: object) -> Letter:
    match happened:
        case said_by_registry.ParticularsCorrected() | said_by_registry.DraftRevised():
            return replace(letter, particulars=happened.particulars)
        case said_by_registry.LetterRegistered():
            status, numbers = registered(letter.status, letter.registrations, happened)
            return replace(letter, status=status, registrations=numbers)
        case said_by_registry.LetterVoided():
            status, numbers = voided(letter.status, letter.registrations, happened)
            return replace(letter, status=status, registrations=numbers)
        case said_by_registry.DraftPresented():
            return replace(letter, status="presented")
        case said_by_registry.DraftReturned():
            return replace(letter, status="draft")
        case said_by_registry.LetterSigned():
            return replace(letter, status="signed")
        case said_by_registry.LetterNumbered():
            numbered = replace(letter.particulars, number=happened.shown, dated=happened.dated)
            return replace(letter, particulars=numbered, sent_number=happened.shown)
        case said_by_registry.LetterSent():
            return replace(letter, status="sent")
        case said_by_registry.LetterClosed():
            return replace(letter, status="closed")
        case _:
            return letter


def _evolve_routed(letter: Letter, happened: object) -> Letter:
    match happened:
        case said.LetterCirculated():
            return replace(letter, circulations=(*letter.circulations, happened.circulation_id))
        case said.ActionOrdered():
            circulations = (*letter.circulations, happened.action_id) if happened.readers else letter.circulations
            return replace(letter, circulations=circulations, actions=(*letter.actions, happened.action_id))
        case _:
            return letter


def evolve_reader(reader: Reader, happened: said.LetterRead | said.LetterAcknowledged, when: When) -> Reader:
    """The reader after they read or acknowledged; the first time counts, and to acknowledge is to have read."""
    match happened:
        case said.LetterRead() if reader.read_at is None:
            return replace(reader, read_at=when.at, position=when.position)
        case said.LetterAcknowledged() if reader.acknowledged_at is None:
            read_at = reader.read_at or when.at
            return replace(reader, read_at=read_at, acknowledged_at=when.at, position=when.position)
        case _:
            return reader


def evolve_action(action: Action, happened: said.ActionDone, when: When) -> Action:
    """The order after it was done; the first time counts."""
    if action.done is not None:
        return action
    return replace(action, done=when, done_note=happened.note)
