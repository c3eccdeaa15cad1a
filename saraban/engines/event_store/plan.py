"""What a batch of drafts comes to, decided in memory: the same rules for every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from saraban.contracts.commit import Commit, Draft, Head, RecordedEvent, seal
from saraban.contracts.errors.log import Unwritable, VersionConflict
from saraban.ports import Outcome


@dataclass(slots=True, kw_only=True)
class Ground:
    """The log as far as a batch needs it: its head, the commits that the batch's command ids made before, and the head
    version of each stream that the batch names (absent means 0)."""

    head: Head | Commit
    known: dict[str, Commit]
    versions: dict[str, int]


@dataclass(slots=True, kw_only=True)
class Plan:
    """`outcomes` answers the drafts one by one; `commits` are those to be written, in order."""

    outcomes: list[Outcome]
    commits: list[Commit]


Look = Callable[[list[str], dict[str, int]], Ground]
"""(command ids, stream → the version that the batch's first event for it has) → what the engine holds about them."""


def plan(drafts: Sequence[Draft], look: Look) -> Plan:
    """Decide each draft on what the ones before it leave. The engine is asked once for the whole batch."""
    sound = list(map(_well_shaped, drafts))
    names = drafts if all(sound) else [draft for draft, good in zip(drafts, sound, strict=True) if good]
    firsts: dict[str, int] = {}
    for draft in names:
        for event in draft.events:
            firsts.setdefault(event.stream, event.version)
    ground = look([draft.command_id for draft in names], firsts)
    commits: list[Commit] = []
    outcomes = [
        _decide(draft, ground, commits) if good else _misshapen(draft)
        for draft, good in zip(drafts, sound, strict=True)
    ]
    return Plan(outcomes=outcomes, commits=commits)


def _decide(draft: Draft, ground: Ground, commits: list[Commit]) -> Outcome:
    first = ground.known.get(draft.command_id)
    if first is not None:
        return first
    heads = _heads_behind(draft.events, ground.versions)
    if isinstance(heads, VersionConflict):
        return heads
    try:
        commit = seal(draft, ground.head)
    except (TypeError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError) as error:
        return Unwritable({"command_id": draft.command_id, "reason": str(error)})
    ground.head = commit
    ground.known[commit.command_id] = commit
    ground.versions.update(heads)
    commits.append(commit)
    return commit


def _heads_behind(events: Sequence[RecordedEvent], versions: dict[str, int]) -> dict[str, int] | VersionConflict:
    """The stream heads that `events` lead to, or the first event that does not follow on its stream."""
    heads: dict[str, int] = {}
    for event in events:
        actual = heads.get(event.stream, versions.get(event.stream, 0))
        if event.version != actual + 1:
            return VersionConflict({"stream": event.stream, "expected": event.version - 1, "actual": actual})
        heads[event.stream] = event.version
    return heads


def _misshapen(draft: Draft) -> Unwritable:
    return Unwritable({"command_id": repr(draft.command_id), "reason": "a field has the wrong type or characters"})


def _well_shaped(draft: Draft) -> bool:
    """Whether the fields are what they claim to be, so that they read back as they were written. Names must survive
    every engine: no control characters, no half of a surrogate pair."""
    name = draft.command_id
    return (
        type(name) is str
        and name.isprintable()
        and name != ""
        and type(draft.at) is str
        and (draft.cause is None or type(draft.cause) is str)
        and isinstance(draft.actor, dict)
        and all(map(_event_well_shaped, draft.events))
    )


def _event_well_shaped(event: RecordedEvent) -> bool:
    name = event.stream
    return (
        type(name) is str
        and name.isprintable()
        and name != ""
        and type(event.version) is int
        and type(event.type) is str
        and type(event.type_version) is int
        and 0 < event.type_version < 2**31
        and isinstance(event.data, dict)
    )
