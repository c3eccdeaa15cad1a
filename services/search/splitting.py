"""Where the words of letters are split: right here while there is little to do, by child processes once there is much.

Splitting holds Python's one lock, for which the officers' requests wait in the same process; and while it goes on in a
child, the index can be written on another core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from saraban.apprentices.outside import Apprentices, spare_cores
from saraban.broker.threads import in_thread
from saraban.contracts.errors.apprentices import ApprenticeGone
from saraban.journal import journal
from saraban.thai.analysis import Wording

log = journal(__name__)

SPLIT = "services.search.inside.split:split"

MUCH = 300_000
"""Letters of the alphabet in one go, about 170 pages: from then on children do the rest. A child takes as long to start
as it does to split as much."""

EACH = 1_000
"""What a letter counts for beside its text: hundreds in one go, however short, are a busy hour in which the lock is
needed for answering."""

LOSSES = 3
"""After so many batches were lost with their children the rest is split here."""

Fields = dict[str, str]
Split = Callable[[], Sequence[Fields | None]]
"""Waits for the tokens of a batch: None for a letter that is to be split here, where its error is told."""


class Splitting:
    """One go of splitting words. To be used by one real thread at a time."""

    def __init__(self, much: int = MUCH, children: int | None = None) -> None:
        self._much = much
        self.children = children or spare_cores()
        self._apprentices = Apprentices(SPLIT, self.children)
        self._seen = self._losses = 0

    def begin(self, wordings: Sequence[Wording]) -> Split:
        """Have the words of a batch split, in a child if there was much to do by now. Begin at most one batch more
        than there are `children` before waiting for the first, and wait in the order of beginning."""
        self._seen += sum(EACH + sum(map(len, one.texts)) for one in wordings)
        if self._seen < self._much or self._losses >= LOSSES:
            return lambda: [None] * len(wordings)
        try:
            given = self._apprentices.give([(one.titles, one.numbers, one.texts) for one in wordings])
        except (ApprenticeGone, UnicodeEncodeError) as error:
            return self._lost(error, len(wordings))
        return lambda: self._taken(given, len(wordings))

    def end(self) -> None:
        """Let the children go."""
        self._apprentices.dismiss()

    def _taken(self, given: Callable[[], list[Fields | None]], count: int) -> Sequence[Fields | None]:
        try:
            return given()
        except ApprenticeGone as error:
            return self._lost(error, count)()

    def _lost(self, error: Exception, count: int) -> Split:
        self._losses += isinstance(error, ApprenticeGone)
        log.warning("words are split here", reason=str(error), letters=count)
        return lambda: [None] * count


@contextmanager
def splitting(start: Callable[[], Splitting] = Splitting) -> Iterator[Splitting]:
    """One go, whose children end with the block."""
    going = start()
    try:
        yield going
    finally:
        in_thread(going.end)
