"""The desk: what every command of routing works with, and the one way in which each is carried out.

A command is decided on routing's own view of the letter, brought up to the log first, and recorded by the registry at
the version of the stream that the view holds. When somebody else was faster it is decided again on what they left.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from weakref import WeakValueDictionary

import msgspec

from saraban.broker.threads import in_thread
from saraban.contracts import codec, ids
from saraban.contracts.actor import Actor, signature
from saraban.contracts.commit import Commit, RecordedEvent
from saraban.contracts.errors.letters import OtherContentForKey
from saraban.contracts.errors.log import VersionConflict
from saraban.contracts.errors.routing import TooBusy
from saraban.contracts.errors.views import ViewBehind
from saraban.follow import Follower
from saraban.ports import Views
from services.routing.commands import Command
from services.routing.domain import decide
from services.routing.views import shelves
from services.routing.views.matters import matter_for

TRIES = 20


class Registry(Protocol):
    """The registry, as routing calls it."""

    def record(self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[RecordedEvent]) -> Commit:
        """Append the events; the same command again answers its first commit. Raises VersionConflict."""

    def stream_versions(self, streams: Sequence[str]) -> Mapping[str, int]:
        """The head version of each stream."""

    def head(self) -> int:
        """The position of the last commit."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """Routing's views, what keeps them up, and the way to the registry."""

    views: Views
    follower: Follower
    registry: Registry
    turns: WeakValueDictionary[str, Any] = field(default_factory=WeakValueDictionary)

    def turn(self, letter_id: str) -> threading.Lock:
        """Held while a command on the letter is carried out: those of one process wait for each other here instead
        of conflicting in the log."""
        lock: threading.Lock = self.turns.setdefault(letter_id, threading.Lock())
        return lock

    def caught_up(self, after: int | None, timeout: float = 2.0) -> None:
        """Let the views reach a log position; after `timeout` seconds they answer with what they have."""
        if after is None:
            return
        try:
            self.follower.wait_for(after, timeout)
        except ViewBehind:
            return

    def close(self) -> None:
        """Let go of the views."""
        self.follower.close()
        self.views.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for a command, under which id; `cause` tells it from another command under the same id."""

    actor: Actor
    command_id: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a command: the log position that it reached, and what the letter's history tells of it (nothing
    when all was so already)."""

    position: int
    told: Mapping[str, Any] = field(default_factory=dict)


def carry_out(desk: Desk, asked: Asked, command: Command) -> Done:
    """Decide and record a command, once: the same command again answers what it did the first time.

    Raises what the rules raise; OtherContentForKey; TooBusy when others kept changing the letter; ViewBehind when it is
    recorded but cannot be told of yet.
    """
    with desk.turn(command.letter_id):
        for _ in range(TRIES):
            version = _fresh_version(desk, command.letter_id)
            done, events = in_thread(_decided, desk.views, asked, command)
            if done is not None:
                return done
            try:
                commit = _record(desk, asked, ids.letter_stream(command.letter_id), version, events)
            except VersionConflict:
                continue
            desk.follower.knock([commit])
            desk.follower.wait_for(commit.position)
            return in_thread(_told, desk.views, asked, command) or Done(position=commit.position)
    raise TooBusy({"what": "routing"})


def _fresh_version(desk: Desk, letter_id: str) -> int:
    """The version of the letter's stream that the views hold, which is the log's own at this moment (and so is the
    organisation). Raises ViewBehind when the letter cannot be followed."""
    letter = ids.letter_stream(letter_id)
    streams = [letter, ids.ORGANISATION_STREAM]
    heads = desk.registry.stream_versions(streams)
    applied = in_thread(desk.views.applied, streams)
    if any(applied[one] < heads[one] for one in streams):
        with desk.follower.turn():
            desk.follower.catch_up(desk.registry.head())
        applied = in_thread(desk.views.applied, streams)
    if applied[letter] < heads[letter]:
        raise ViewBehind({"what": "routing", "position": heads[letter], "reached": applied[letter]})
    return applied[letter]


def _decided(views: Views, asked: Asked, command: Command) -> tuple[Done | None, tuple[object, ...]]:
    """What is to be recorded, or what became of it when nothing is."""
    earlier = _told(views, asked, command)
    if earlier is not None:
        return earlier, ()
    matter = matter_for(views, command, asked.actor)
    events = decide(matter, command, asked.actor)
    return (None, events) if events else (Done(position=matter.position), ())


def _told(views: Views, asked: Asked, command: Command) -> Done | None:
    """What the letter's history tells of this command; None when it was not recorded yet."""
    entries = [one.doc for one in views.find(shelves.HISTORY, "command", [asked.command_id], limit=10)]
    if not entries:
        return None
    if any((one["letter_id"], one["cause"]) != (command.letter_id, asked.cause) for one in entries):
        raise OtherContentForKey
    told = {name: value for one in entries for name, value in one["detail"].items()}
    return Done(position=entries[0]["position"], told=told)


def _record(desk: Desk, asked: Asked, stream: str, version: int, events: Sequence[object]) -> Commit:
    recorded = [codec.encode(stream, place, one) for place, one in enumerate(events, start=version + 1)]
    return desk.registry.record(asked.command_id, signature(asked.actor), asked.cause, recorded)


def wire_events(events: Sequence[RecordedEvent]) -> list[dict[str, Any]]:
    """Events as the registry's `record` takes them."""
    plain: list[dict[str, Any]] = msgspec.to_builtins(events)
    return plain
