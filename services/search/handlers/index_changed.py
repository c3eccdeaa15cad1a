"""Taking changed letters into the index, in the order of the log.

How far the index has come is a record, written after the index itself: after a crash the last letters are taken once
more, which changes nothing. Letters that were parked come back with old positions: then the indexer goes back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

from saraban.broker.ahead import ahead
from saraban.broker.threads import in_background, in_thread
from saraban.journal import journal
from saraban.ports import Document, Found, IndexEntry
from saraban.thai import analysis
from services.search.desk import Desk
from services.search.domain.entry import index_entry
from services.search.views import CHANGED, LETTERS, YES, letter_of, place, texts_of

log = journal(__name__)

BATCH = 200
STRETCH = 5 * BATCH
"""How many letters are taken in one turn."""

PAUSE = 0.5
"""Seconds between two small batches: what comes in meanwhile is written together."""
TURN_LASTS, TURN_PATIENCE = timedelta(seconds=30), 5.0
"""How long a killed process keeps the others from indexing at most, and how many seconds they wait for their turn."""
STATE, INDEX = "state", "index"
BEHIND_ALL = "~"
"""Sorts behind every letter's id."""

Place = tuple[str, str]


def index_changed(desk: Desk) -> int:
    """Index every letter that changed since the last time; answers how many. One call does the work, others wait for
    it and look for what is left."""
    done = 0
    with desk.indexing:
        while taken := _take_in_turn(desk):
            done += taken
            if taken < BATCH:
                time.sleep(PAUSE)
    return done


def _take_in_turn(desk: Desk) -> int:
    """One process of the service indexes at a time: two would forget each other's going back."""
    with desk.claims.turn(INDEX, TURN_LASTS, TURN_PATIENCE) as mine:
        return _take(desk, desk.follower.position) if mine else 0


def check_index(desk: Desk) -> None:
    """Begin anew when the index was made by another analysis, or does not hold what the record says it holds. One
    process of the service looks at a time; whose turn does not come leaves it to the one who has it."""
    with desk.indexing, desk.claims.turn(INDEX, TURN_LASTS, TURN_PATIENCE) as mine:
        if mine:
            in_thread(_check, desk)


def _take(desk: Desk, position: int) -> int:
    """Index a stretch of letters that changed up to the log position which the views are known to hold whole: the words
    of one batch are split while the batch before is written."""
    due = in_background(_due, desk, position)
    batches = (due[start : start + BATCH] for start in range(0, len(due), BATCH))
    coming = ahead((batch, _entries(desk, batch)) for batch in batches)
    try:
        for last in range(BATCH, len(due) + BATCH, BATCH):
            in_background(_write_next, desk, coming, at_once=last >= len(due))
    finally:
        in_thread(coming.close)
    return len(due)


def _due(desk: Desk, position: int) -> list[Found]:
    _go_back(desk)
    rows = desk.views.find(CHANGED, "all", YES, after=_reached(desk), limit=STRETCH)
    return [row for row in rows if row.sort <= place(position)]


def _write_next(desk: Desk, coming: Iterator[tuple[Sequence[Found], list[IndexEntry]]], *, at_once: bool) -> None:
    rows, entries = next(coming)
    desk.index.write(entries, at_once=at_once)
    _remember(desk, (rows[-1].sort, rows[-1].key))


def _go_back(desk: Desk) -> None:
    """Take up again where the views took an event with a position that the index is beyond already."""
    applied = [desk.applied.popleft() for _ in range(len(desk.applied))]
    if applied and _reached(desk) > (place(min(applied)), ""):
        _remember(desk, (place(min(applied) - 1), BEHIND_ALL))


def _entries(desk: Desk, rows: Sequence[Found]) -> list[IndexEntry]:
    docs = desk.views.get_many(LETTERS, [row.key for row in rows])
    made = (_entry(desk, docs.get(row.key), int(row.doc["position"])) for row in rows)
    return [entry for entry in made if entry is not None]


def _entry(desk: Desk, doc: Document | None, position: int) -> IndexEntry | None:
    """The letter's entry; None, and a word in the journal, when it cannot be made: one letter must not stop all."""
    letter = letter_of(doc)
    if letter is None:
        return None
    try:
        return index_entry(letter, texts_of(desk.views, letter), position)
    except (ValueError, LookupError):
        log.exception("cannot be indexed", letter_id=letter.letter_id, position=position)
        return None


def _check(desk: Desk) -> None:
    if not _trusted(desk):
        desk.index.adopt(desk.index.beside())
        _remember(desk, (place(0), ""))


def _trusted(desk: Desk) -> bool:
    record = desk.views.record(STATE, INDEX)
    if record is None or record["analysis"] != analysis.VERSION:
        return False
    sort, key = _reached(desk)
    newest = desk.views.find(CHANGED, "all", YES, after=(sort, key + BEHIND_ALL), limit=1, descending=True)
    return not newest or newest[0].key in desk.index.versions([newest[0].key])


def _reached(desk: Desk) -> Place:
    record = desk.views.record(STATE, INDEX)
    return (record["sort"], record["key"]) if record else (place(0), "")


def _remember(desk: Desk, reached: Place) -> None:
    doc = {"sort": reached[0], "key": reached[1], "analysis": analysis.VERSION}
    desk.views.put_record(STATE, INDEX, doc)
