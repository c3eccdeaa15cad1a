"""Taking changed letters into the index, in the order of the log.

How far the index has come is a record, written after the index itself: after a crash the last letters are taken once
more, which changes nothing. Letters that were parked come back with old positions: then the indexer goes back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from saraban.broker.ahead import ahead
from saraban.broker.threads import in_background, in_thread
from saraban.journal import journal
from saraban.ports import Document, Found, IndexEntry, SearchIndex
from saraban.thai import analysis
from services.search.desk import Desk
from services.search.domain.entry import index_entry
from services.search.progress import BEHIND_ALL, INDEX, Place, Progress, changed_after, progress, remember
from services.search.views import LETTERS, letter_of, place, texts_of

log = journal(__name__)

BATCH = 200
STRETCH = 5 * BATCH
"""How many letters are taken in one turn."""

PAUSE = 0.5
"""Seconds between two small batches: what comes in meanwhile is written together."""
TURN_LASTS, TURN_PATIENCE = timedelta(seconds=30), 5.0
"""How long a killed process keeps the others from indexing at most, and how many seconds they wait for their turn."""


def index_changed(desk: Desk) -> int:
    """Index every letter that changed since the last time; answers how many."""
    done = 0
    while taken := _take_in_turn(desk):
        done += taken
        if taken < BATCH:
            time.sleep(PAUSE)
    return done


@contextmanager
def indexing_turn(desk: Desk) -> Iterator[bool]:
    """Whether nobody else writes to the index for the block. One process of the service indexes at a time: two would
    forget each other's going back."""
    with desk.indexing, desk.claims.turn(INDEX, TURN_LASTS, TURN_PATIENCE) as mine:
        yield mine


def take_changed(desk: Desk) -> int:
    """Index the next stretch of changed letters; answers how many. Only within a turn."""
    due = in_background(_due, desk, desk.follower.position)
    take(desk, desk.index, due, lambda reached: remember(desk.views, replace(progress(desk.views), reached=reached)))
    return len(due)


def take(desk: Desk, index: SearchIndex, due: Sequence[Found], took: Callable[[Place], None]) -> None:
    """Write letters to an index: the words of one batch are split while the batch before is written. `took` hears how
    far they are written."""
    batches = (due[start : start + BATCH] for start in range(0, len(due), BATCH))
    coming = ahead((batch, entries(desk, batch)) for batch in batches)
    try:
        for last in range(BATCH, len(due) + BATCH, BATCH):
            in_background(_write_next, index, coming, took, at_once=last >= len(due))
    finally:
        in_thread(coming.close)


def entries(desk: Desk, rows: Sequence[Found]) -> list[IndexEntry]:
    """The entries of changed letters, without those that cannot be made."""
    docs = desk.views.get_many(LETTERS, [row.key for row in rows])
    made = (entry_of(desk, docs.get(row.key), int(row.doc["position"])) for row in rows)
    return [entry for entry in made if entry is not None]


def entry_of(desk: Desk, doc: Document | None, position: int) -> IndexEntry | None:
    """The letter's entry; None, and a word in the journal, when it cannot be made: one letter must not stop all."""
    letter = letter_of(doc)
    if letter is None:
        return None
    try:
        return index_entry(letter, texts_of(desk.views, letter), position)
    except (ValueError, LookupError):
        log.exception("cannot be indexed", letter_id=letter.letter_id, position=position)
        return None


def go_back(desk: Desk) -> Progress:
    """Take up again where the views took an event with a position that the index is beyond already. Only within a
    turn."""
    known = progress(desk.views)
    applied = [desk.applied.popleft() for _ in range(len(desk.applied))]
    if applied and known.reached > (place(min(applied)), ""):
        back = (place(min(applied) - 1), BEHIND_ALL)
        known = replace(known, reached=back, back=min(known.back or back, back))
        remember(desk.views, known)
    return known


def _take_in_turn(desk: Desk) -> int:
    with indexing_turn(desk) as mine:
        return take_changed(desk) if mine else 0


def _due(desk: Desk, position: int) -> list[Found]:
    known = go_back(desk)
    if known.analysis > analysis.VERSION and not desk.distrusted.is_set():
        return []  # a newer release has made the index meanwhile: its own processes go on
    return changed_after(desk.views, known.reached, position, STRETCH)


def _write_next(
    index: SearchIndex,
    coming: Iterator[tuple[Sequence[Found], list[IndexEntry]]],
    took: Callable[[Place], None],
    *,
    at_once: bool,
) -> None:
    rows, made = next(coming)
    index.write(made, at_once=at_once)
    took((rows[-1].sort, rows[-1].key))
