"""The log in memory: gone with the process. The fake in unit tests, under the same suite as the real engines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from saraban.broker.threads import real_lock
from saraban.contracts.commit import GENESIS_HASH, Commit, Draft, Head, RecordedEvent
from saraban.engines.event_store.plan import Ground, plan
from saraban.ports import Outcome


class MemoryEventStore:
    """An EventStore in plain lists."""

    def __init__(self) -> None:
        self._lock = real_lock()
        self._commits: list[Commit] = []
        self._by_command: dict[str, Commit] = {}
        self._streams: dict[str, list[RecordedEvent]] = {}
        self._positions: dict[str, list[int]] = {}

    def head(self) -> Head:
        """See EventStore."""
        if not self._commits:
            return Head(position=0, hash=GENESIS_HASH)
        last = self._commits[-1]
        return Head(position=last.position, hash=last.hash)

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """See EventStore."""
        with self._lock:
            made = plan(drafts, self._look)
            for commit in made.commits:
                self._keep(_copy(commit))
            return made.outcomes

    def commits_of(self, command_ids: Iterable[str]) -> dict[str, Commit]:
        """See EventStore."""
        return {one: self._by_command[one] for one in command_ids if one in self._by_command}

    def read(self, after: int, limit: int) -> list[Commit]:
        """See EventStore."""
        return self._commits[after : after + limit]

    def stream(self, name: str, after: int = 0) -> list[RecordedEvent]:
        """See EventStore."""
        return self._streams.get(name, [])[after:]

    def commits_of_stream(self, name: str, after: int = 0) -> list[Commit]:
        """See EventStore."""
        positions = dict.fromkeys(self._positions.get(name, [])[after:])
        return [self._commits[position - 1] for position in positions]

    def versions(self, names: Iterable[str]) -> dict[str, int]:
        """See EventStore."""
        return {name: len(self._streams.get(name, ())) for name in names}

    def close(self) -> None:
        """Nothing to let go of."""

    def _look(self, command_ids: list[str], streams: Iterable[str]) -> Ground:
        known = {each: self._by_command[each] for each in command_ids if each in self._by_command}
        return Ground(head=self.head(), known=known, versions=self.versions(streams))

    def _keep(self, commit: Commit) -> None:
        self._by_command[commit.command_id] = commit
        for event in commit.events:
            self._streams.setdefault(event.stream, []).append(event)
            self._positions.setdefault(event.stream, []).append(commit.position)
        self._commits.append(commit)


def _copy(commit: Commit) -> Commit:
    """The commit as it would come back from a file: nothing is shared with the writer."""
    return msgspec.json.decode(msgspec.json.encode(commit), type=Commit)
