"""What a writer has seen of the log, so that it need not ask again before it writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from saraban.contracts.commit import Commit, Head
from saraban.engines.event_store.plan import Ground

REMEMBERED = 20_000
"""Streams of which it is remembered how far they were seen to go."""


class Seen:
    """The head of the log as this process left it, and how far streams were seen to go.

    What was seen is there for good, so no version can be left out by building on it; one that another writer took
    meanwhile is refused by the log's unique keys, and then the store has to look closely.
    """

    def __init__(self) -> None:
        self.head: Head | Commit | None = None
        self._heads: dict[str, int] = {}

    def guesses(self, streams: Sequence[str]) -> dict[str, list[int]]:
        """Each stream with the head that it was seen to have, if it was seen at all."""
        return {stream: [self._heads[stream]] if stream in self._heads else [] for stream in streams}

    def ground(
        self,
        streams: Mapping[str, int],
        ask_head: Callable[[], Head],
        ask_versions: Callable[[list[str]], Mapping[str, int]],
    ) -> Ground:
        """The ground if no command of the batch was written before and nobody else has written since. `streams` tells
        which version the batch's first event for each asks for; only what does not fit is asked for."""
        seen = {stream: self._heads.get(stream, 0) for stream in streams}
        unsure = [stream for stream, first in streams.items() if first not in (1, seen[stream] + 1)]
        asked = ask_versions(unsure) if unsure else {}
        return Ground(head=self.head or ask_head(), known={}, versions={**seen, **asked})

    def note(self, written: Sequence[Commit]) -> None:
        """These commits were written by this process, behind everything else."""
        if written:
            self.head = written[-1]
        self.remember({one.stream: one.version for commit in written for one in commit.events})

    def remember(self, heads: Mapping[str, int]) -> None:
        """Streams were seen to go so far."""
        if len(self._heads) + len(heads) > REMEMBERED:
            self._heads.clear()
        self._heads.update(heads)
