"""An office at work for routing's tests: the real desk and follower over the memory log and memory views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from saraban.contracts import codec, ids
from saraban.contracts.actor import Actor, signature
from saraban.contracts.commit import Commit, Draft, RecordedEvent
from saraban.contracts.letters import Particulars
from saraban.engines.event_store.memory import MemoryEventStore
from saraban.engines.views.memory import MemoryViews
from saraban.follow import Follower, Happened
from saraban.ports import EventStore, Views
from services.routing import handlers
from services.routing.desk import Desk
from services.routing.views.circulation import circulation
from services.routing.views.history import history
from services.routing.views.inbox import inbox
from services.routing.views.projections import projections
from services.routing.views.readers import readers
from tests.builders import FLOOD, actor, arrived, organisation, registered

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CENTRAL_REGISTRY = actor("somsri")


@dataclass
class Log:
    """The log as the registry answers for it. Each commit comes a minute after the one before."""

    store: EventStore = field(default_factory=MemoryEventStore)
    before_record: list[Any] = field(default_factory=list)

    def record(self, command_id: str, by: Mapping[str, Any], cause: str, events: Sequence[RecordedEvent]) -> Commit:
        for interrupt in [self.before_record.pop() for _ in self.before_record[:1]]:
            interrupt()
        at = (MONDAY + timedelta(minutes=self.head())).isoformat(timespec="microseconds")
        draft = Draft(command_id=command_id, at=at, actor=by, cause=cause, events=tuple(events))
        [outcome] = self.store.append([draft])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def stream_versions(self, streams: Sequence[str]) -> Mapping[str, int]:
        return self.store.versions(streams)

    def head(self) -> int:
        return self.store.head().position

    def read(self, after: int, limit: int) -> list[Commit]:
        return self.store.read(after, limit)

    def stream(self, name: str, after: int) -> list[Commit]:
        return self.store.commits_of_stream(name, after)


@dataclass
class Office:
    log: Log = field(default_factory=Log)
    views: Views = field(default_factory=MemoryViews)
    told: list[Happened] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._commands = count(1)
        self.desk = self.open_desk(self.views)
        self.say(ids.ORGANISATION_STREAM, *organisation())

    def open_desk(self, views: Views) -> Desk:
        """A desk over the same log: routing's own, or that of a second process."""
        follower = Follower("routing", views, self.log, projections(), on_applied=self.told.extend)
        return Desk(views=views, follower=follower, registry=self.log)

    def say(self, stream: str, *events: object, by: Actor = CENTRAL_REGISTRY) -> Commit:
        """Another service says something; routing is not told and must find it in the log."""
        version = self.log.store.versions([stream])[stream]
        recorded = [codec.encode(stream, place, one) for place, one in enumerate(events, start=version + 1)]
        return self.log.record(self.command_id(), signature(by), "test", recorded)

    def say_of(self, letter_id: str, *events: object, by: Actor = CENTRAL_REGISTRY) -> Commit:
        return self.say(ids.letter_stream(letter_id), *events, by=by)

    def receive(self, letter_id: str = "flood", particulars: Particulars = FLOOD, number: int = 1) -> str:
        """A letter arrives and is registered by the central registry."""
        self.say_of(letter_id, arrived(letter_id, particulars), registered(letter_id, number=number))
        return letter_id

    def command_id(self) -> str:
        return f"c{next(self._commands)}"

    def circulate(self, *to: str, by: str = "somsri", letter_id: str = "flood", note: str = "") -> dict[str, Any]:
        """Addressees are written `unit:legal` and `officer:nida`."""
        addressees = [dict(zip(("kind", "id"), one.split(":"), strict=True)) for one in to]
        return handlers.circulate(self.desk, actor(by), self.command_id(), letter_id, addressees, note)

    def mark_read(self, by: str, letter_id: str = "flood") -> dict[str, Any]:
        return handlers.mark_read(self.desk, actor(by), self.command_id(), letter_id)

    def acknowledge(self, by: str, letter_id: str = "flood") -> dict[str, Any]:
        return handlers.acknowledge(self.desk, actor(by), self.command_id(), letter_id)

    def endorse(self, by: str, text: str = "", letter_id: str = "flood", **order: Any) -> dict[str, Any]:
        return handlers.endorse(self.desk, actor(by), self.command_id(), letter_id, text, **order)

    def action_done(self, by: str, action_id: str, note: str = "", letter_id: str = "flood") -> dict[str, Any]:
        return handlers.action_done(self.desk, actor(by), self.command_id(), letter_id, action_id, note)

    def inbox(self, of: str, which: str = "waiting", **paging: Any) -> dict[str, Any]:
        self.desk.follower.sweep()
        return inbox(self.views, actor(of), which, **paging)

    def subjects(self, of: str, which: str = "waiting") -> list[str]:
        return [row["subject"] for row in self.inbox(of, which)["rows"]]

    def circulation(self, of: str = "somsri", letter_id: str = "flood") -> dict[str, Any]:
        self.desk.follower.sweep()
        return circulation(self.views, actor(of), letter_id)

    def readers(self, of: str = "somsri", letter_id: str = "flood", **which: Any) -> dict[str, Any]:
        self.desk.follower.sweep()
        return readers(self.views, actor(of), letter_id, **which)

    def history(self, of: str = "somsri", letter_id: str = "flood", **paging: Any) -> dict[str, Any]:
        self.desk.follower.sweep()
        return history(self.views, actor(of), letter_id, **paging)

    def happened(self, letter_id: str = "flood") -> list[str]:
        """The wire names of what happened to a letter."""
        return [one.type for one in self.log.store.stream(ids.letter_stream(letter_id))]
