"""The unit of the log: a commit, atomic over all the streams that it touches.

A `Draft` is what a writer wants to append; a `Commit` is what the log holds. Both carry plain values only, so they
travel through the broker unchanged. They are msgspec's structs, where the rest of the house has dataclasses: every
commit makes several, and a frozen dataclass takes ten times as long to make.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from saraban.contracts.shapes import prepared, shaped

GENESIS_HASH = "0" * 64


@prepared
class RecordedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event in its stream. `version` counts 1, 2, 3 … within the stream; `type` is the written wire name,
    `type_version` the version of that wire form, `data` the JSON-ready fields."""

    stream: str
    version: int
    type: str
    type_version: int
    data: Mapping[str, Any]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A commit that asks to be written. Each event carries the version that it will have: the head of its stream
    must be exactly one below the first event's version, or the append is a conflict."""

    command_id: str
    at: str
    actor: Mapping[str, Any]
    cause: str | None
    events: tuple[RecordedEvent, ...]


@prepared
class Commit(msgspec.Struct, frozen=True, kw_only=True):
    """A written commit. `position` runs 1, 2, 3 … without a gap; `at` is an ISO 8601 time in UTC with microseconds;
    `hash` = SHA-256(`previous_hash` followed by the canonical form of everything else), both as 64 hex digits."""

    position: int
    command_id: str
    at: str
    actor: Mapping[str, Any]
    cause: str | None
    events: tuple[RecordedEvent, ...]
    previous_hash: str
    hash: str


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the log: position 0 with the genesis hash when nothing was written yet."""

    position: int
    hash: str


def seal(draft: Draft, head: Head | Commit) -> Commit:
    """The commit that `draft` becomes right behind `head`."""
    position = head.position + 1
    return Commit(
        position=position,
        command_id=draft.command_id,
        at=draft.at,
        actor=draft.actor,
        cause=draft.cause,
        events=draft.events,
        previous_hash=head.hash,
        hash=_hash(draft, position, head.hash),
    )


def rehash(commit: Commit) -> str:
    """The hash that `commit` must have, computed anew from its content and its `previous_hash`."""
    return _hash(commit, commit.position, commit.previous_hash)


def _hash(one: Draft | Commit, position: int, previous_hash: str) -> str:
    """SHA-256 over the previous hash and the canonical JSON (sorted keys, UTF-8, no spaces) of the commit."""
    content = {
        "position": position,
        "command_id": one.command_id,
        "at": one.at,
        "actor": one.actor,
        "cause": one.cause,
        "events": one.events,
    }
    return hashlib.sha256(previous_hash.encode("ascii") + _canonical(content)).hexdigest()


_canonical = msgspec.json.Encoder(order="sorted").encode


def to_wire(commit: Commit) -> dict[str, Any]:
    """`commit` as plain JSON-ready values."""
    plain: dict[str, Any] = msgspec.to_builtins(commit)
    return plain


def from_wire(plain: Mapping[str, Any]) -> Commit:
    """The commit that `to_wire` flattened. Raises msgspec.ValidationError when the shape is wrong."""
    return shaped(plain, Commit)


def pack(commits: Sequence[Commit]) -> str:
    """Commits as one JSON text: encoded once by who tells of them."""
    return msgspec.json.encode(commits).decode()


@lru_cache(maxsize=64)
def unpack(text: str) -> tuple[Commit, ...]:
    """The commits that `pack` packed. Remembers the last texts: all services of one process are told the same.
    Raises msgspec.ValidationError when the shape is wrong."""
    return _unpacker.decode(text)


_unpacker = msgspec.json.Decoder(tuple[Commit, ...])
