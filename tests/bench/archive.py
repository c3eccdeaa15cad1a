"""A log that has grown: an office of 10,000 officers, and any number of letters, written straight into MongoDB.

Each letter is one commit as the registry writes it (it arrived, a number was issued, it is registered), and is
circulated to one officer in the same commit. Their subjects are made of words with the frequencies of natural text;
they have no files.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache

from saraban.contracts import codec, ids
from saraban.contracts.actor import SYSTEM, signature
from saraban.contracts.commit import Draft
from saraban.contracts.events import registry as written
from saraban.contracts.events import routing as said
from saraban.contracts.letters import Particulars
from saraban.engines.event_store.mongo import MongoEventStore
from tests.bench.search_index import Letters
from tests.bench.search_index import number as number_of
from tests.builders import appointed, unit_added

UNITS, OFFICERS = 100, 10_000
READER = "anan"
"""Who gets every letter of the archive."""

BOOK = ids.book_id("central", "receive", 2568)
"""Last year's register of the central registry: full, and closed."""

SENDER = "สพฐ."
"""Who sent every letter."""

FIRST = datetime(2025, 1, 6, 2, tzinfo=UTC)
BATCH = 500

Told = tuple[str, int, object]
"""(stream, version, event)."""


def employ(log: str) -> None:
    """Let 100 units with 100 officers each be part of the organisation."""
    people = [*(unit_added(unit_id(at)) for at in range(UNITS))]
    people += [appointed(officer_id(at), unit_id=unit_id(at % UNITS)) for at in range(OFFICERS)]
    with closing(MongoEventStore(log)) as store:
        behind = store.versions([ids.ORGANISATION_STREAM])[ids.ORGANISATION_STREAM]
        told = [(ids.ORGANISATION_STREAM, version, one) for version, one in enumerate(people, start=behind + 1)]
        _append(store, [_draft(FIRST, told[start : start + BATCH]) for start in range(0, len(told), BATCH)])


def fill(log: str, letters: int) -> int:
    """Bring the archive to so many letters; answers how many were added."""
    with closing(MongoEventStore(log)) as store:
        stream = ids.book_stream(BOOK)
        present = store.versions([stream])[stream]
        for start in range(present, letters, BATCH):
            _append(store, [received(number) for number in range(start + 1, min(start + BATCH, letters) + 1)])
    return letters - present


def received(number: int) -> Draft:
    """The commit of one letter."""
    letter_id, at = f"archive-{number:06d}", FIRST + timedelta(minutes=number)
    readers, to = (said.Reader(officer_id=READER, via=None),), (said.Addressee(kind="officer", id=READER),)
    events = (
        written.LetterArrived(
            letter_id=letter_id, channel="upload", arrived_at=at.isoformat(), particulars=_about(number), files=()
        ),
        written.LetterRegistered(
            letter_id=letter_id,
            unit_id="central",
            book_id=BOOK,
            number=number,
            shown=f"{number}/2568",
            registered_at=at.isoformat(),
        ),
        said.LetterCirculated(letter_id=letter_id, circulation_id=f"c-{number}", addressees=to, readers=readers),
    )
    issued = written.NumberIssued(book_id=BOOK, number=number, letter_id=letter_id)
    own = [(ids.letter_stream(letter_id), version, one) for version, one in enumerate(events, start=1)]
    return _draft(at, [*own, (ids.book_stream(BOOK), number, issued)])


def last_of(letters: int) -> tuple[str, str]:
    """The last letter's id, and the words that find it before all others."""
    return f"archive-{letters:06d}", _about(letters).number


def questions(letters: int, count: int) -> list[str]:
    """What people look for, a quarter each: a word, three words, 20 letters from within a subject, a letter's number."""
    chance = random.Random(f"questions {letters}")
    asked = []
    for _ in range(count // 4):
        some = _about(chance.randint(1, letters))
        asked += [chance.choice(_language().words[:3000]), _text(chance, 3), some.subject[2:22], some.number]
    return asked


def _about(number: int) -> Particulars:
    subject = _text(random.Random(f"letter {number}"), 8)
    return Particulars(subject=subject, number=number_of(number), sender=SENDER)


def _text(chance: random.Random, words: int) -> str:
    _language().chance = chance
    return _language().text(words)


@cache
def _language() -> Letters:
    return Letters()


def _draft(at: datetime, told: Iterable[Told]) -> Draft:
    return Draft(
        command_id=ids.new_id(),
        at=at.isoformat(timespec="microseconds"),
        actor=signature(SYSTEM),
        cause="bench",
        events=tuple(codec.encode(*one) for one in told),
    )


def _append(store: MongoEventStore, drafts: Sequence[Draft]) -> None:
    refused = [one for one in store.append(drafts) if isinstance(one, Exception)]
    assert not refused, refused[:1]


def unit_id(at: int) -> str:
    return f"unit-{at:03d}"


def officer_id(at: int) -> str:
    return f"officer-{at:05d}"
