"""Whose inbox looks different after something happened, and which letters do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from saraban.contracts.events import registry as said_by_registry
from saraban.contracts.events import routing as said
from saraban.follow import Happened
from saraban.ports import ViewReader
from services.routing.views import shelves


@dataclass(slots=True)
class Touched:
    """The officers, and the units with all of theirs, who should look at their inbox again."""

    letter_id: str
    officer_ids: set[str] = field(default_factory=set)
    unit_ids: set[str] = field(default_factory=set)


def touched(applied: Iterable[Happened], views: ViewReader) -> list[Touched]:
    """One answer per letter, in the order in which the letters were touched; the views hold the events already."""
    letters: dict[str, Touched] = {}
    for happened in applied:
        if happened.type.startswith("letter."):
            letter_id = happened.event.letter_id
            _add(letters.setdefault(letter_id, Touched(letter_id)), happened.event, views)
    return [one for one in letters.values() if one.officer_ids or one.unit_ids]


def changed(applied: Iterable[Happened]) -> dict[str, int]:
    """Letter → the log position of the last that happened to it. A letter that came into being only now is left out:
    nobody can have it open. A mere look at a classified letter is nothing to look at."""
    letters: dict[str, int] = {}
    fresh: set[str] = set()
    for happened in applied:
        looked = isinstance(happened.event, said_by_registry.ClassifiedLetterRead)
        if happened.type.startswith("letter.") and not looked:
            letter_id = happened.event.letter_id
            letters[letter_id] = max(happened.position, letters.get(letter_id, 0))
            if happened.version == 1:
                fresh.add(letter_id)
    return {letter_id: position for letter_id, position in letters.items() if letter_id not in fresh}


def _add(letter: Touched, event: object, views: ViewReader) -> None:
    match event:
        case said.LetterCirculated():
            _add_readers(letter, event.readers)
        case said.LetterRead() | said.LetterAcknowledged():
            letter.officer_ids.add(event.officer_id)
        case said.ActionOrdered():
            _add_readers(letter, event.readers)
            _add_key(letter, event.to.kind, event.to.id)
        case said.ActionDone():
            action = shelves.action_of(views, event.action_id)
            if action is not None:
                letter.officer_ids.add(action.ordered.officer_id)
                _add_key(letter, action.to.kind, action.to.id)
        case (
            said_by_registry.ParticularsCorrected() | said_by_registry.LetterVoided() | said_by_registry.LetterClosed()
        ):
            _add_audience(letter, views)
        case _:
            return


def _add_readers(letter: Touched, readers: Iterable[said.Reader]) -> None:
    letter.unit_ids |= {one.via for one in readers if one.via is not None}
    letter.officer_ids |= {one.officer_id for one in readers if one.via is None}


def _add_audience(letter: Touched, views: ViewReader) -> None:
    known = shelves.letter_of(views, letter.letter_id)
    for key in known.audience.keys if known else ():
        kind, _, name = key.partition(":")
        _add_key(letter, kind, name)


def _add_key(letter: Touched, kind: str, name: str) -> None:
    match kind:
        case "unit":
            letter.unit_ids.add(name)
        case "officer":
            letter.officer_ids.add(name)
        case _:
            return
