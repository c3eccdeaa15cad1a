"""Taking changed letters into the index, in the order of the log.

How far the index has come is a record, written after the index itself: after a crash the last letters are taken once
more, which changes nothing. Letters that were parked come back with old positions: then the indexer goes back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from saraban.broker.threads import in_background, in_thread
from saraban.ports import Found
from saraban.thai import analysis
from services.search.desk import Desk
from services.search.entries import Begun, begin
from services.search.progress import BEHIND_ALL, INDEX, Progress, changed_after, progress, remember
from services.search.splitting import Splitting, splitting
from services.search.views import place

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
    with splitting(desk.split) as going:
        while taken := _take_in_turn(desk, going):
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


def take_changed(desk: Desk, going: Splitting) -> int:
    """Index the next stretch of changed letters; answers how many. Officers find them once the last is written. Only
    within a turn."""
    due = in_background(_due, desk, desk.follower.position)
    for start in range(0, len(due), BATCH):
        rows = due[start : start + BATCH]
        begun = in_background(begin, desk.views, rows, going)
        in_thread(begun.wait)
        in_background(_write, desk, begun, rows[-1], due[-1])
    return len(due)


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


def _take_in_turn(desk: Desk, going: Splitting) -> int:
    with indexing_turn(desk) as mine:
        return take_changed(desk, going) if mine else 0


def _due(desk: Desk, position: int) -> list[Found]:
    known = go_back(desk)
    if known.analysis > analysis.VERSION and not desk.distrusted.is_set():
        return []  # a newer release has made the index meanwhile: its own processes go on
    return changed_after(desk.views, known.reached, position, STRETCH)


def _write(desk: Desk, begun: Begun, reached: Found, last: Found) -> None:
    desk.index.write(begun.entries(), at_once=reached is last)
    remember(desk.views, replace(progress(desk.views), reached=(reached.sort, reached.key)))
