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
    events are missing, with the version that the views have. `refused`: streams that someone else advanced."""

    applied: list[Happened]
    behind: dict[str, int]
    refused: list[str]
    halted: set[str]


@dataclass(slots=True)
class Advance:
    """One stream's way forward in a batch: from version `was` to `to`, with what that changes."""

    was: int
    to: int
    changes: list[Change] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)

    def step(self, stream: str) -> Step:
        """The same as the views take it."""
        return Step(stream=stream, was=self.was, to=self.to, changes=tuple(self.changes))


class Batch:
    """Advances every stream as far as it goes and writes that at once. A stream whose projection fails is parked at
    that event; parked streams are passed over."""

    def __init__(self, views: Views, projections: Mapping[str, Projection], parked: ParkedStreams) -> None:
        self._views = views
        self._projections = projections
        self._parked = parked
        self._overlay = Overlay(views)
        self._advances: dict[str, Advance] = {}
        self._behind: dict[str, int] = {}
        self._halted: set[str] = set()

    def apply(self, batch: Sequence[Entry], *, retried: str | None = None) -> Outcome:
        """Take the batch; the parked stream `retried` is taken too. Raises Unavailable when the views are; what was
        written by then is whole steps."""
        applied = self._views.applied({recorded.stream for _, recorded in batch})
        self._advances = {stream: Advance(version, version) for stream, version in applied.items()}
        self._halted = {stream for stream in applied if stream != retried and self._parked.has(stream)}
        for commit, recorded in batch:
            if recorded.stream not in self._halted:
                self._take(self._advances[recorded.stream], commit, recorded)
        refused = self._write({stream: one for stream, one in self._advances.items() if one.to > one.was})
        happened = [event for stream, one in self._advances.items() if stream not in refused for event in one.happened]
        happened.sort(key=lambda event: event.position)
        return Outcome(applied=happened, behind=self._behind, refused=refused, halted=self._halted)

    def _take(self, advance: Advance, commit: Commit, recorded: RecordedEvent) -> None:
        if recorded.version <= advance.to:
            return
        if recorded.version > advance.to + 1:
            self._behind[recorded.stream] = advance.to
            self._halted.add(recorded.stream)
            return
        try:
            self._project(advance, commit, recorded)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - a projection may fail in any way; its stream waits, the rest goes on
            self._park(recorded.stream, recorded.version, error)
        else:
            advance.to = recorded.version

    def _project(self, advance: Advance, commit: Commit, recorded: RecordedEvent) -> None:
        projection = self._projections.get(recorded.type)
        happened = decoded(commit, recorded) if projection else None
        if projection is None or happened is None:
            return
        changes = list(projection(happened, self._overlay))
        self._overlay.lay(changes)
        advance.changes += changes
        advance.happened.append(happened)

    def _write(self, advances: Mapping[str, Advance]) -> list[str]:
        steps = [advance.step(stream) for stream, advance in advances.items()]
        if not steps:
            return []
        try:
            return self._views.apply(steps)
        except SarabanError:
            raise
        except Exception:  # noqa: BLE001 - one stream's changes cannot be written; find out whose
            return [stream for step in steps for stream in self._write_alone(step)]

    def _write_alone(self, step: Step) -> list[str]:
        try:
            return self._views.apply([step])
        except SarabanError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            self._park(step.stream, step.was + 1, error)
            self._advances.pop(step.stream)
            return []

    def _park(self, stream: str, version: int, error: Exception) -> None:
        self._parked.park(stream, version, error)
        self._halted.add(stream)
