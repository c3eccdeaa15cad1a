"""Writing to an index in bulk. What the cluster has no room for at the moment is sent again, and only that."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec

from saraban.broker.threads import real_sleep
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreFull
from saraban.contracts.errors.search import EntryRefused
from saraban.engines.search_index.opensearch.client import FULL, TransportError

LARGEST = 4_000_000
"""Bytes of one request, if one item is not larger by itself."""

TRIES = 10
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 3.0
"""Seconds; each pause is twice the last one, and by chance a little shorter."""

BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}

OLDER = HTTPStatus.CONFLICT
"""The index holds a newer version: nothing to do."""

GONE = "index_not_found_exception"


class Gone(Exception):
    """There is no such alias."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of work (and what it works with), ready to be sent."""

    letter_id: str
    lines: bytes


def put(letter_id: str, version: int, document: dict[str, Any]) -> Item:
    """Write a letter unless a newer version of it is held."""
    head = {"index": {"_id": letter_id, "version": version, "version_type": "external_gte"}}
    return Item(letter_id, msgspec.json.encode(head) + b"\n" + msgspec.json.encode(document) + b"\n")


def drop(letter_id: str, version: int) -> Item:
    """Forget a letter unless a newer version of it is held."""
    head = {"delete": {"_id": letter_id, "version": version, "version_type": "external_gte"}}
    return Item(letter_id, msgspec.json.encode(head) + b"\n")


def send(client: Any, alias: str, items: Iterable[Item]) -> None:
    """Do the work, in order for each letter. Raises EntryRefused when an item can never be taken (the others were
    then taken), StoreFull, Unavailable when the cluster stays too busy, and Gone."""
    refused: list[EntryRefused] = []
    for request in _requests(items):
        left: Sequence[Item] = request
        for seconds in _pauses():
            left = _sent(client, alias, left, refused)
            if not left:
                break
            real_sleep(seconds)
        if left:
            raise Unavailable({"what": f"search index: too busy for {len(left)} letters"})
    if refused:
        raise refused[0]


def _sent(client: Any, alias: str, items: Sequence[Item], refused: list[EntryRefused]) -> list[Item]:
    """What has to be sent again."""
    params = {"filter_path": "items.*.status,items.*.error", "require_alias": "true"}
    try:
        answer = client.bulk(index=alias, body=b"".join(item.lines for item in items), params=params)
    except TransportError as error:
        if error.status_code != HTTPStatus.TOO_MANY_REQUESTS or error.error == FULL:
            raise
        return list(items)
    return [item for item, told in zip(items, answer["items"], strict=True) if _busy(item, told, refused)]


def _busy(item: Item, told: dict[str, Any], refused: list[EntryRefused]) -> bool:
    (outcome,) = told.values()
    error = outcome.get("error")
    if error is None or outcome["status"] == OLDER:
        return False
    if error["type"] == FULL:
        raise StoreFull
    if error["type"] == GONE:
        raise Gone
    if outcome["status"] in BUSY:
        return True
    refused.append(EntryRefused({"letter_id": item.letter_id, "reason": f"{error['type']}: {error['reason']}"}))
    return False


def _requests(items: Iterable[Item]) -> Iterator[list[Item]]:
    request: list[Item] = []
    size = 0
    for item in items:
        if request and size + len(item.lines) > LARGEST:
            yield request
            request, size = [], 0
        request.append(item)
        size += len(item.lines)
    if request:
        yield request


def _pauses() -> Iterator[float]:
    for at in range(TRIES):
        yield min(FIRST_PAUSE * 2**at, LONGEST_PAUSE) * random.uniform(0.6, 1)  # noqa: S311 - to spread the crowd
