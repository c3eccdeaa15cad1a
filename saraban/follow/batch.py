"""One batch of events on its way into the views. It runs where blocking is allowed: it touches the views and nothing
else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from saraban.contracts.commit import Commit, RecordedEvent
from saraban.contracts.errors import SarabanError, Unavailable
from saraban.follow.happened import Happened, Projection, decoded
from saraban.follow.overlay import Overlay
from saraban.follow.parked import ParkedStreams
from saraban.ports import Change, Step, Views

Entry = tuple[Commit, RecordedEvent]


def entries(commits: Iterable[Commit], stream: str | None = None) -> list[Entry]:
    """The events of the commits in order, each with its commit; those of one stream only when it is named."""
    return [(commit, one) for commit in commits for one in commit.events if stream in (None, one.stream)]


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of a batch. `applied`: what projections took, in the log's order. `behind`: streams whose earlier
    events are missing, with the version that the views have. `refused`: streams that someone else advanced. `halted`:
    streams that are behind or parked."""

    applied: list[Happened] = field(default_factory=list)
    behind: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    halted: set[str] = field(default_factory=set)

    def add(self, other: Outcome) -> None:
        """Count what became of another batch in."""
        self.applied += other.applied
        self.behind |= other.behind
        self.refused += other.refused
        self.halted |= other.halted


@dataclass(slots=True)
class Advance:
    """One stream's way forward in a batch: from version `was` to `to`, with the documents it was last to change."""

    was: int
    to: int
    changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    happened: list[Happened] = field(default_factory=list)


class Batch:
    """Advances every stream as far as it goes and writes that at once. A stream whose projection fails is parked at
    that event; parked streams are passed over."""

    def __init__(
        self, views: Views, projections: Mapping[str, Projection], parked: ParkedStreams, shelves: Mapping[str, str]
    ) -> None:
        self._views = views
        self._projections = projections
        self._parked = parked
        self._shelves = shelves

    def apply(self, batch: Sequence[Entry], *, retried: str | None = None) -> Outcome:
        """Take the batch; the parked stream `retried` is taken too. Raises Unavailable when the views are; what was
        written by then is whole steps."""
        applied = self._views.applied({recorded.stream for _, recorded in batch})
        self._overlay = self._looked_ahead(batch)
        self._advances = {stream: Advance(version, version) for stream, version in applied.items()}
        self._last_to_change: dict[tuple[str, str], Advance] = {}
        passed_over = {stream for stream in applied if stream != retried and self._parked.has(stream)}
        self._outcome = Outcome(halted=passed_over)
        for commit, recorded in batch:
            if recorded.stream not in self._outcome.halted:
                self._take(self._advances[recorded.stream], commit, recorded)
        try:
            self._write()
        except SarabanError:
            raise
        except Exception as error:  # noqa: BLE001 - some change cannot be written; find out whose
            return self._one_by_one(batch, retried, error)
        return self._outcome

    def _looked_ahead(self, batch: Sequence[Entry]) -> Overlay:
        """An overlay that has read the documents of the batch's streams already."""
        overlay = Overlay(self._views)
        keys: dict[str, dict[str, None]] = {}
        for _, recorded in batch:
            kind, _, key = recorded.stream.partition(":")
            if kind in self._shelves and recorded.type in self._projections:
                keys.setdefault(self._shelves[kind], {})[key] = None
        for table, wanted in keys.items():
            overlay.foresee(table, wanted)
        return overlay

    def _take(self, advance: Advance, commit: Commit, recorded: RecordedEvent) -> None:
        if recorded.version <= advance.to:
            return
        if recorded.version > advance.to + 1:
            self._outcome.behind[recorded.stream] = advance.to
            self._outcome.halted.add(recorded.stream)
            return
        try:
            self._project(advance, commit, recorded)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - a projection may fail in any way; its stream waits, the rest goes on
            self._park(recorded, error)
        else:
            advance.to = recorded.version

    def _project(self, advance: Advance, commit: Commit, recorded: RecordedEvent) -> None:
        projection = self._projections.get(recorded.type)
        happened = decoded(commit, recorded) if projection else None
        if projection is None or happened is None:
            return
        changes = list(projection(happened, self._overlay))
        self._overlay.lay(changes)
        for change in changes:
            self._lay(advance, change)
        advance.happened.append(happened)

    def _lay(self, advance: Advance, change: Change) -> None:
        """Two streams of one batch may change the same document: only the last change in the log's order is written."""
        document = (change.table, change.key)
        before = self._last_to_change.get(document)
        if before is not None:
            del before.changes[document]
        advance.changes[document] = change
        self._last_to_change[document] = advance

    def _write(self) -> None:
        moved = {stream: advance for stream, advance in self._advances.items() if advance.to > advance.was}
        if not moved:
            return
        steps = [
            Step(stream=stream, was=one.was, to=one.to, changes=tuple(one.changes.values()))
            for stream, one in moved.items()
        ]
        refused = self._views.apply(steps)
        happened = (event for stream, one in moved.items() if stream not in refused for event in one.happened)
        self._outcome.applied = sorted(happened, key=lambda event: event.position)
        self._outcome.refused = refused

    def _one_by_one(self, batch: Sequence[Entry], retried: str | None, error: Exception) -> Outcome:
        if len(batch) == 1:
            self._park(batch[0][1], error)
            return self._outcome
        whole = Outcome()
        for entry in batch:
            alone = Batch(self._views, self._projections, self._parked, self._shelves)
            if entry[1].stream not in whole.halted:
                whole.add(alone.apply([entry], retried=retried))
        return whole

    def _park(self, recorded: RecordedEvent, error: Exception) -> None:
        self._parked.park(recorded.stream, recorded.version, error)
        self._outcome.halted.add(recorded.stream)
