r"""What a commit looks like in MongoDB:

    {_id: 7,                                    the position
     keys: ["\tcommand", "letter:1\t0000000001", …],  the command, then each event's stream and version, in order
     previous_hash: "…", hash: "…",
     body: "{…}"}                               everything else, as JSON text

Each fact stands in one place, and the hash covers all of them: what is changed in the database is found by `saraban
audit verify`. A tab cannot be part of a name, so no key is mistaken for another; versions have ten digits, so that the
keys of a stream stand in order. The body is text because BSON cannot carry all that JSON can.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from saraban.contracts.commit import Commit, RecordedEvent
from saraban.contracts.errors.log import LogDamaged

LARGEST = 16 * 1024 * 1024 - 1024
"""Bytes of keys and body that fit into one document."""

WIDEST = 4
"""Bytes of one character in UTF-8, at most."""

MARK = "\t"


class Fact(msgspec.Struct):
    """An event without what its key tells."""

    type: str
    type_version: int
    data: dict[str, Any]


class Body(msgspec.Struct):
    """A commit without what the document's other fields tell."""

    at: str
    actor: dict[str, Any]
    cause: str | None
    events: list[Fact]


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Body).decode


def command_key(command_id: str) -> str:
    """The key under which a command's commit is found."""
    return MARK + command_id


def event_key(stream: str, version: int) -> str:
    """The key of one event."""
    return f"{stream}{MARK}{version:010d}"


def keys_behind(stream: str, version: int) -> dict[str, Any]:
    """The condition on `keys` that a commit holds an event of the stream with a higher version."""
    return {"$elemMatch": {"$gt": event_key(stream, version), "$lt": stream + chr(ord(MARK) + 1)}}


def document(commit: Commit) -> dict[str, Any]:
    """The document of a commit."""
    facts = [Fact(one.type, one.type_version, dict(one.data)) for one in commit.events]
    return {
        "_id": commit.position,
        "keys": [command_key(commit.command_id), *[event_key(one.stream, one.version) for one in commit.events]],
        "previous_hash": commit.previous_hash,
        "hash": commit.hash,
        "body": _encode(Body(commit.at, dict(commit.actor), commit.cause, facts)).decode(),
    }


def at_most(stored: Mapping[str, Any]) -> int:
    """Bytes that a document takes at most: told without encoding it."""
    return 1024 + WIDEST * len(stored["body"]) + sum(WIDEST * len(key) + 16 for key in stored["keys"])


def size(stored: Mapping[str, Any]) -> int:
    """Bytes that keys and body of a document take."""
    return len(stored["body"].encode()) + sum(len(key.encode()) + 16 for key in stored["keys"])


def fits(stored: Mapping[str, Any]) -> bool:
    """Whether MongoDB takes a document of this size."""
    return at_most(stored) < LARGEST or size(stored) < LARGEST


def commit_from(stored: Mapping[str, Any]) -> Commit:
    """The commit of a document. Raises LogDamaged when it cannot be read as one."""
    try:
        return _commit(stored)
    except (KeyError, ValueError, TypeError, AttributeError, msgspec.MsgspecError) as error:
        raise LogDamaged({"position": stored["_id"], "reason": f"{type(error).__name__}: {error}"}) from error


def _commit(stored: Mapping[str, Any]) -> Commit:
    command, *keys = stored["keys"]
    body = _decode(stored["body"])
    return Commit(
        position=stored["_id"],
        command_id=command.removeprefix(MARK),
        at=body.at,
        actor=body.actor,
        cause=body.cause,
        events=tuple(_event(key, fact) for key, fact in zip(keys, body.events, strict=True)),
        previous_hash=stored["previous_hash"],
        hash=stored["hash"],
    )


def _event(key: str, fact: Fact) -> RecordedEvent:
    stream, version = key.split(MARK)
    return RecordedEvent(
        stream=stream, version=int(version), type=fact.type, type_version=fact.type_version, data=fact.data
    )
