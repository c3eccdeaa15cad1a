"""What each event changes in routing's views."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from saraban.contracts import codec
from saraban.contracts.events import WIRE
from saraban.contracts.events import registry as said_by_registry
from saraban.contracts.events import routing as said
from saraban.follow import Happened
from saraban.ports import Change, Put, ViewReader
from services.routing.domain.letter import (
    Action,
    Letter,
    Reader,
    When,
    evolve_action,
    evolve_letter,
    evolve_reader,
)
from services.routing.domain.people import Officer, Unit
from services.routing.views import shelves
from services.routing.views.history import put_entry

Projection = Callable[[Happened, ViewReader], Iterable[Change]]


def projections() -> dict[str, Projection]:
    """Wire name → what it changes. Every event of a letter makes history, whoever says it."""
    codec.load_events()
    letters = [name for name in WIRE if name.startswith("letter.")]
    return {
        **dict.fromkeys(letters, letter_changes),
        "unit.added": unit_changes,
        "officer.appointed": officer_changes,
    }


def letter_changes(happened: Happened, views: ViewReader) -> Iterator[Change]:
    """One more event of a letter's stream."""
    before = shelves.letter_of(views, happened.event.letter_id)
    after = evolve_letter(before, happened.event)
    if after is None:
        return
    if after != before:
        yield shelves.put_letter(after)
    if before is not None and after.audience.secrecy != before.audience.secrecy:
        yield from _reclassified(after, views)
    yield from _routed(after, happened, views)
    yield put_entry(happened, before, views)


def unit_changes(happened: Happened, _: ViewReader) -> Iterator[Change]:
    """A unit was added or changed."""
    event: said_by_registry.UnitAdded = happened.event
    yield shelves.put_unit(Unit(unit_id=event.unit_id, name=event.name, short_name=event.short_name))


def officer_changes(happened: Happened, _: ViewReader) -> Iterator[Change]:
    """An officer took a position."""
    event: said_by_registry.OfficerAppointed = happened.event
    officer = Officer(
        officer_id=event.officer_id,
        name=event.name,
        title=event.title,
        unit_id=event.unit_id,
        clearance=event.clearance,
    )
    yield shelves.put_officer(officer)


def _routed(letter: Letter, happened: Happened, views: ViewReader) -> Iterator[Change]:
    event = happened.event
    match event:
        case said.LetterCirculated():
            yield from _reaching(letter, event.circulation_id, event.note, event.readers, happened, views)
        case said.LetterRead() | said.LetterAcknowledged():
            yield from _read_by(letter, event, happened, views)
        case said.LetterEndorsed():
            yield _put_endorsement(event, happened)
        case said.ActionOrdered():
            yield shelves.put_action(_ordered(letter, event, happened))
            if event.readers:
                yield from _reaching(letter, event.action_id, event.text, event.readers, happened, views)
        case said.ActionDone():
            yield from _done(event, happened, views)
        case _:
            return


def _reaching(
    letter: Letter,
    circulation_id: str,
    note: str,
    readers: Iterable[said.Reader],
    happened: Happened,
    views: ViewReader,
) -> Iterator[Change]:
    ids = [one.officer_id for one in readers]
    kept = {"letter_id": letter.letter_id, "note": note, "at": happened.at, "readers": ids}
    yield Put(table=shelves.CIRCULATIONS, key=circulation_id, doc=kept)
    known = shelves.readers_of(views, letter.letter_id, ids) if len(letter.circulations) > 1 else {}
    for one in readers:
        fresh = Reader(
            letter_id=letter.letter_id,
            officer_id=one.officer_id,
            via=one.via,
            circulation_id=circulation_id,
            circulated_at=happened.at,
            secrecy=letter.audience.secrecy,
            position=happened.position,
        )
        already = known.get(one.officer_id)
        yield shelves.put_reader(replace(already, via=one.via) if already else fresh)


def _read_by(
    letter: Letter, event: said.LetterRead | said.LetterAcknowledged, happened: Happened, views: ViewReader
) -> Iterator[Change]:
    reader = shelves.readers_of(views, letter.letter_id, [event.officer_id]).get(event.officer_id)
    if reader is not None:
        yield shelves.put_reader(evolve_reader(reader, event, _when(happened)))


def _ordered(letter: Letter, event: said.ActionOrdered, happened: Happened) -> Action:
    return Action(
        letter_id=letter.letter_id,
        action_id=event.action_id,
        order=event.order,
        text=event.text,
        to=event.to,
        due=event.due,
        secrecy=letter.audience.secrecy,
        ordered=_when(happened),
    )


def _done(event: said.ActionDone, happened: Happened, views: ViewReader) -> Iterator[Change]:
    action = shelves.action_of(views, event.action_id)
    if action is not None:
        yield shelves.put_action(evolve_action(action, event, _when(happened)))


def _put_endorsement(event: said.LetterEndorsed, happened: Happened) -> Put:
    return Put(
        table=shelves.ENDORSEMENTS,
        key=event.endorsement_id,
        doc={**shelves.plain(event), "at": happened.at},
        index={"letter": [event.letter_id]},
        sort=f"{happened.version:09d}",
    )


def _reclassified(letter: Letter, views: ViewReader) -> Iterator[Change]:
    """Every inbox entry and order moves to the letter's new level."""
    circulations = views.get_many(shelves.CIRCULATIONS, letter.circulations)
    readers = {officer_id for one in circulations.values() for officer_id in one["readers"]}
    for reader in shelves.readers_of(views, letter.letter_id, sorted(readers)).values():
        yield shelves.put_reader(replace(reader, secrecy=letter.audience.secrecy))
    for action in shelves.actions_of(views, letter).values():
        yield shelves.put_action(replace(action, secrecy=letter.audience.secrecy))


def _when(happened: Happened) -> When:
    by = happened.actor
    return When(
        at=happened.at,
        position=happened.position,
        officer_id=str(by.get("officer_id", "")),
        name=str(by.get("name", "")),
    )
