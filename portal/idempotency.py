"""Repeating an act safely: the `Idempotency-Key` of a request becomes the command's id.

The id also carries a short hash of the act and its content, so that a program which sends one key for everything loses
nothing: its second act is another command. As far as this process remembers, it is told so with a conflict.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from typing import Any

import msgspec
from flask import request

from portal.session import FORM_TYPES
from saraban.contracts.errors.requests import IdempotencyKeyMissing, IdempotencyKeyNotValid, IdempotencyKeyReused

HEADER = "Idempotency-Key"
FIELD = "idempotency_key"
LIMIT = 200
_VISIBLE = re.compile(rf"[\x21-\x7e]{{1,{LIMIT}}}")


class KeysSeen:
    """The keys of the last successful acts of this process, each with the hash of what it was used for."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._seen: OrderedDict[str, str] = OrderedDict()

    def check(self, owned_key: str, content: str) -> None:
        """Raises IdempotencyKeyReused when the key was used for other content."""
        if self._seen.get(owned_key, content) != content:
            raise IdempotencyKeyReused

    def remember(self, owned_key: str, content: str) -> None:
        """Keep the key of an act that succeeded."""
        self._seen[owned_key] = content
        if len(self._seen) > self._limit:
            self._seen.popitem(last=False)


def key_of_request() -> str:
    """The key that came with this request. Raises IdempotencyKeyMissing, IdempotencyKeyNotValid."""
    key = request.headers.get(HEADER)
    if key is None and request.mimetype in FORM_TYPES:
        key = request.form.get(FIELD)
    if not key:
        raise IdempotencyKeyMissing
    if not _VISIBLE.fullmatch(key):
        raise IdempotencyKeyNotValid({"limit": LIMIT})
    return key


def content_hash(service: str, method: str, arguments: dict[str, Any]) -> str:
    """16 hex digits that tell one act with its content from another. They are kept in the log, so no secret goes in."""
    told = {name: value for name, value in arguments.items() if name != "password"}
    canonical = msgspec.json.encode([service, method, told], order="sorted")
    return hashlib.blake2b(canonical, digest_size=8).hexdigest()
