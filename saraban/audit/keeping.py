"""Checkpoints in the object store, where an object lock lets nobody take them away or put others in their place."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from saraban.contracts.errors.log import NotACheckpoint
from saraban.ports import CHECKPOINT, ObjectStore


def keep(objects: ObjectStore, signed: Mapping[str, Any]) -> str:
    """Keep a signed checkpoint; answers its name. Names sort by position, and end with the beginning of the signature
    so that nobody can take one before its checkpoint is made."""
    name = f"{CHECKPOINT}{signed['position']:012d}-{signed['signature'][:16]}"
    objects.put(name, io.BytesIO(msgspec.json.encode(signed)))
    return name


def kept_in(objects: ObjectStore) -> Iterator[dict[str, Any]]:
    """All checkpoints that are kept, by position. Raises NotACheckpoint, with its name, when one cannot be read."""
    for name in objects.keys(CHECKPOINT):
        with objects.open(name) as data:
            yield _read(name, data.read())


def _read(name: str, content: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(content, type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise NotACheckpoint({"reason": f"{name}: {error}"}) from error
