"""What a follower is given, and where it reads what it missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import msgspec

from saraban.contracts.codec import decode
from saraban.contracts.commit import Commit, RecordedEvent
from saraban.ports import Change, ViewReader


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the log with its circumstances. `event` is the decoded dataclass of `saraban.contracts.events`;
    `position`, `at` (ISO 8601, UTC), `actor`, `command_id` and `cause` are its commit's."""

    stream: str
    version: int
    type: str
    event: Any
    position: int
    at: str
    actor: Mapping[str, Any]
    command_id: str
    cause: str | None


Projection = Callable[[Happened, ViewReader], Iterable[Change]]
"""What an event changes in a view: a pure function of the event and of what the view holds just before it."""


class LogReader(Protocol):
    """Reads the log; the registry answers."""

    def read(self, after: int, limit: int) -> list[Commit]:
        """Up to `limit` commits with position > `after`, in order, without a gap; empty at the end."""

    def stream(self, name: str, after: int) -> list[Commit]:
        """Every commit that holds an event of the stream with a version > `after`, in order."""


def decoded(commit: Commit, recorded: RecordedEvent) -> Happened | None:
    """The event with its circumstances; None for a wire name that this release does not know. Raises
    msgspec.ValidationError when the recorded data do not fit."""
    event = decode(recorded.type, recorded.type_version, recorded.data)
    if event is None:
        return None
    return Happened(
        stream=recorded.stream,
        version=recorded.version,
        type=recorded.type,
        event=event,
        position=commit.position,
        at=commit.at,
        actor=commit.actor,
        command_id=commit.command_id,
        cause=commit.cause,
    )
