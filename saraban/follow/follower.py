"""Keeps one service's views up with the log."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from saraban.contracts.commit import Commit
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.views import ViewBehind
from saraban.follow.batch import Batch, Entry, Outcome, entries
from saraban.follow.happened import Happened, LogReader, Projection
from saraban.follow.parked import ParkedStreams, RecordedStreams, StreamsAside
from saraban.journal import journal
from saraban.ports import Views

log = journal(__name__)

PAGE = 500
"""Commits read from the log at a time."""

KNOCKS = 1_000
"""Knocks that wait at most; of more the first are forgotten and their commits read from the log."""

PORTION = 50
"""Commits of knocks taken into the views at a time, so that other work of the process comes in between."""

TRIES = 4
"""How often sweeps try a parked stream before it waits for an operator."""

PATIENCE = 0.1
"""Seconds that `wait_for` hopes for a knock before it reads the log itself."""

PACE = 0.05
"""Seconds from one write of knocks to the next, so that what comes at a busy moment is written together. The first
knock after a quiet moment is written at once, and so is what somebody waits for."""

ROUNDS = 50
"""How often a batch may be refused by other processes that follow the same views."""


class Follower:
    """Applies the log to the views, in the log's order.

    `projections` maps a wire name to what such an event changes. `on_applied` hears of the events that projections
    took, after they are written; it must not call the follower, and what it raises is its own affair. `in_thread` runs
    what touches the views (see saraban.broker.threads). `shelves` maps a kind of stream to the table that holds one
    document under each such stream's id (`{"letter": "letters"}`): a batch reads those it needs at once. Safe to call
    from many threads; one at a time does the work.
    """

    def __init__(
        self,
        service: str,
        views: Views,
        log: LogReader,
        projections: Mapping[str, Projection],
        *,
        on_applied: Callable[[Sequence[Happened]], Any] = lambda _: None,
        in_thread: Callable[..., Any] = lambda fn, *args: fn(*args),
        parked: ParkedStreams | None = None,
        shelves: Mapping[str, str] | None = None,
    ) -> None:
        self.service = service
        self.views = views
        self.log = log
        self.projections = projections
        self._on_applied = on_applied
        self.in_thread = in_thread
        self.shelves = shelves or {}
        self._parked = parked or in_thread(RecordedStreams, views)
        self._position: int = in_thread(views.position)
        self._turn = threading.Lock()
        self._moved = threading.Condition()
        self._wanted = 0
        self._rested = 0.0
        self._told: deque[Sequence[Commit]] = deque(maxlen=KNOCKS)
        self._serving = threading.Lock()

    @property
    def position(self) -> int:
        """The log position up to which the views hold everything, parked streams aside."""
        return self._position

    def knock(self, commits: Sequence[Commit]) -> None:
        """Take commits, in any order, known or new; what is missing before them is read from the log. While somebody
        serves knocks already, this one is left to them: whoever brings it has better to do than to stand in a queue.
        Raises Unavailable when the views or the log are; nothing is lost then, a later knock or sweep catches up."""
        self._told.append(commits)
        while self._told and self._serving.acquire(blocking=False):
            try:
                with self._turn:
                    self._rest()
                    self._serve([self._told.popleft() for _ in range(len(self._told))])
            finally:
                self._serving.release()

    def sweep(self) -> None:
        """Try parked streams again that were not tried often, read the log to its end, and save the position. For
        start-up and a timer. Raises Unavailable as `knock`."""
        with self.turn():
            for stream, tries in self.in_thread(self._parked.tries).items():
                if tries < TRIES:
                    self._retry(stream)
            self.catch_up()

    def wait_for(self, position: int, timeout: float = 5.0) -> None:
        """Return as soon as the views hold everything up to `position`. Raises ViewBehind after `timeout` seconds."""
        until = time.monotonic() + timeout
        self._hurry(position)
        if self._reaches(position, min(PATIENCE, timeout)):
            return
        if self._turn.acquire(timeout=max(until - time.monotonic(), 0)):
            try:
                self.catch_up(position)
            finally:
                self._turn.release()
        if not self._reaches(position, until - time.monotonic()):
            raise ViewBehind({"what": self.service, "position": position, "reached": self._position})

    def retry(self, stream: str) -> bool:
        """Try a parked stream again; answers whether it is followed now."""
        with self.turn():
            return self._retry(stream)

    def close(self) -> None:
        """Save the position, so that the next start has less to look through."""
        self.in_thread(self.views.advance, self._position)

    def beside(self, parked: ParkedStreams) -> Follower:
        """A follower that makes fresh views of the same kind beside these, telling nobody."""
        fresh = self.in_thread(self.views.beside)
        return Follower(
            self.service,
            fresh,
            self.log,
            self.projections,
            in_thread=self.in_thread,
            parked=parked,
            shelves=self.shelves,
        )

    def adopt(self, rebuilt: Follower, parked: StreamsAside) -> None:
        """Make the views of `rebuilt` the live ones, and its parked streams the parked ones. Only within a turn."""
        self.in_thread(self.views.adopt, rebuilt.views)
        self._position = rebuilt.position
        for stream in self.in_thread(self._parked.tries):
            self.in_thread(self._parked.release, stream)
        for stream, (version, error) in parked.failures.items():
            self.in_thread(self._parked.park, stream, version, error)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold everything else up for the block."""
        with self._turn:
            yield

    def catch_up(self, to: int | None = None) -> None:
        """Read the log up to position `to`, or to its end. Only within a turn."""
        while to is None or self._position < to:
            page = self.log.read(self._position, PAGE if to is None else min(PAGE, to - self._position))
            if not page:
                break
            self._follow(page)
            if len(page) < PAGE and to is None:
                break  # what came since then knocks for itself; on a busy day the end would never be reached
            if len(page) == PAGE:
                self.in_thread(self.views.advance, self._position)
        if to is None:
            self.in_thread(self.views.advance, self._position)

    def _hurry(self, position: int) -> None:
        with self._moved:
            self._wanted = max(self._wanted, position)
            self._moved.notify_all()

    def _rest(self) -> None:
        """Let some more knocks come after a write of a moment ago, unless somebody waits for one."""
        with self._moved:
            self._moved.wait_for(lambda: self._wanted > self._position, max(self._rested - time.monotonic(), 0))

    def _serve(self, told: Iterable[Sequence[Commit]]) -> None:
        fresh = {commit.position: commit for commits in told for commit in commits}
        for run in _runs(fresh, self._position):
            self.catch_up(run[0].position - 1)
            if run[0].position == self._position + 1:
                self._follow(run)
        self._rested = time.monotonic() + PACE

    def _follow(self, commits: Sequence[Commit]) -> None:
        self._apply(entries(commits))
        self._position = commits[-1].position
        with self._moved:
            self._moved.notify_all()

    def _apply(self, batch: Sequence[Entry]) -> None:
        for _ in range(ROUNDS):
            outcome: Outcome = self.in_thread(self._take, batch)
            if outcome.applied:
                self._tell(outcome.applied)
            if not outcome.refused and not outcome.behind:
                return
            for stream, version in outcome.behind.items():
                self._apply(entries(self.log.stream(stream, version), stream))
        raise Unavailable({"what": f"{self.service} views"})

    def _take(self, batch: Sequence[Entry], retried: str | None = None) -> Outcome:
        return Batch(self.views, self.projections, self._parked, self.shelves).apply(batch, retried=retried)

    def _retry(self, stream: str) -> bool:
        outcome: Outcome = self.in_thread(self._take, self._missing(stream), stream)
        if stream in outcome.halted:
            return False
        self.in_thread(self._parked.release, stream)
        if outcome.applied:
            self._tell(outcome.applied)
        self._apply(self._missing(stream))  # what another process passed over until the release
        return True

    def _missing(self, stream: str) -> list[Entry]:
        version = self.in_thread(self.views.applied, [stream])[stream]
        return entries(self.log.stream(stream, version), stream)

    def _tell(self, happened: Sequence[Happened]) -> None:
        try:
            self._on_applied(happened)
        except Exception:
            log.exception("not told", service=self.service, position=happened[-1].position)

    def _reaches(self, position: int, timeout: float) -> bool:
        with self._moved:
            return self._moved.wait_for(lambda: self._position >= position, max(timeout, 0))


def _runs(commits: Mapping[int, Commit], after: int) -> list[list[Commit]]:
    """The commits with position > `after` in order, cut where a position is missing and where much comes together."""
    runs: list[list[Commit]] = []
    for position in sorted(position for position in commits if position > after):
        if not runs or runs[-1][-1].position != position - 1 or len(runs[-1]) == PORTION:
            runs.append([])
        runs[-1].append(commits[position])
    return runs
