"""Making the index anew beside the live one, in which officers go on finding letters until the two are swapped.

A rebuild takes all letters in the order of the log, then those that changed meanwhile, and is swapped in by whoever has
the turn to index, when nothing is left. One that was broken off is begun anew: the record of the live index says from
the start that it is not to be trusted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

from saraban.broker.ahead import ahead
from saraban.broker.threads import in_background, in_thread
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.search import RebuildSwept
from saraban.journal import journal
from saraban.ports import Found, SearchIndex
from saraban.thai import analysis
from services.search.desk import Desk
from services.search.entries import Batch, entries, made
from services.search.handlers.index_changed import BATCH, go_back, indexing_turn
from services.search.progress import (
    BEHIND_ALL,
    DISTRUSTED,
    START,
    Place,
    Progress,
    changed_after,
    place_of,
    progress,
    remember,
)
from services.search.splitting import splitting
from services.search.views import CHANGED, YES

log = journal(__name__)

REBUILD = "rebuild"

STRETCH = 4000
FIRST_BATCH, LARGEST_BATCH = 50, 400


def check_index(desk: Desk) -> None:
    """Look whether the index was made by our analysis and holds what the record says. One that holds nothing is filled
    where it is, as letters that changed; any other that is wrong is distrusted, for `rebuild_index`."""
    if in_thread(_trusted, desk):
        desk.distrusted.clear()
        return
    with indexing_turn(desk) as mine:
        right = mine and in_thread(_right_or_begun, desk)
    (desk.distrusted.clear if right else desk.distrusted.set)()


def rebuild_index(desk: Desk) -> bool:
    """Rebuild and swap; answers whether that was done. If not, another process is at it or the service stops."""
    with desk.rebuilding, desk.claims.kept(REBUILD) as keep:
        if keep is None:
            return False
        began = time.monotonic()
        log.warning("search index is rebuilt beside the live one")
        fresh = _begun(desk)
        try:
            done = _filled_and_swapped(desk, fresh, keep)
        except RebuildSwept:
            log.warning("search index is rebuilt by another process")
            return False
        finally:
            in_thread(fresh.close)
        log.warning("search index was rebuilt" if done else "rebuild stopped", seconds=round(time.monotonic() - began))
        return done


def _begun(desk: Desk) -> SearchIndex:
    with indexing_turn(desk) as mine:
        if not mine:
            raise Unavailable({"what": "search index: another process is writing"})
        in_thread(lambda: remember(desk.views, replace(progress(desk.views), analysis=DISTRUSTED, back=None)))
        return in_thread(desk.index.beside)


def _filled_and_swapped(desk: Desk, fresh: SearchIndex, keep: Callable[[], None]) -> bool:
    reached: Place | None = START
    with splitting(desk.split) as going:
        while reached is not None and not desk.stopping.is_set():
            keep()
            due = in_background(changed_after, desk.views, reached, desk.follower.position, STRETCH)
            _fill(fresh, ahead(made(desk.views, _growing(desk, due), going)))
            reached = place_of(due, reached)
            if len(due) < BATCH and not desk.stopping.is_set():
                reached = _swapped(desk, fresh, reached)
    return reached is None


def _fill(fresh: SearchIndex, coming: Generator[Batch, None, None]) -> None:
    """Write letters to the fresh index: the words of one batch are split while the batch before is written."""
    try:
        while in_background(_write_next, fresh, coming):
            continue
    finally:
        in_thread(coming.close)


def _write_next(fresh: SearchIndex, coming: Iterator[Batch]) -> bool:
    """Answers whether there was a batch to write."""
    for _, of_batch in coming:
        fresh.write(of_batch, at_once=False)
        return True
    return False


def _growing(desk: Desk, due: Sequence[Found]) -> Iterator[Sequence[Found]]:
    """Batches, until the service stops: large ones, as each write of the index costs as much as a hundred letters do,
    but small ones first, so that nobody waits long for the words of the first."""
    start, size = 0, FIRST_BATCH
    while start < len(due) and not desk.stopping.is_set():
        yield due[start : start + size]
        start, size = start + size, min(2 * size, LARGEST_BATCH)


def _swapped(desk: Desk, fresh: SearchIndex, reached: Place) -> Place | None:
    """None when the fresh index is live; otherwise from where on there is more to take."""
    with indexing_turn(desk) as mine:
        return in_background(_swap, desk, fresh, reached) if mine else reached


def _swap(desk: Desk, fresh: SearchIndex, reached: Place) -> Place | None:
    known = go_back(desk)
    start = min(reached, known.back or reached)
    whole = max(desk.follower.position, int(known.reached[0]))  # another process may know of more than this one
    due = changed_after(desk.views, start, whole, BATCH)
    if len(due) == BATCH:
        remember(desk.views, replace(known, back=None))
        return start
    fresh.write(entries(desk.views, due), at_once=False)
    desk.index.adopt(fresh)
    remember(desk.views, Progress(reached=place_of(due, start), analysis=analysis.VERSION))
    desk.distrusted.clear()
    return None


def _right_or_begun(desk: Desk) -> bool:
    if _trusted(desk):
        return True
    if next(iter(desk.index.held()), None) is not None:
        return False
    log.info("search index is empty and is filled")
    remember(desk.views, Progress(analysis=analysis.VERSION))
    return True


def _trusted(desk: Desk) -> bool:
    known = progress(desk.views)
    if known.analysis != analysis.VERSION:
        return False
    sort, key = known.reached
    newest = desk.views.find(CHANGED, "all", YES, after=(sort, key + BEHIND_ALL), limit=1, descending=True)
    return not newest or newest[0].key in desk.index.versions([newest[0].key])
