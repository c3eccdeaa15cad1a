"""The id that ties together everything one request sets off, across services and in every log line.

It lives in structlog's context, which each green thread has of its own, and travels in the headers of messages.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from structlog.contextvars import bind_contextvars, get_contextvars, reset_contextvars

from saraban.contracts.ids import new_id

HEADER = "correlation_id"

REQUEST_HEADER = "X-Request-ID"
"""Under this name it travels in HTTP."""

_TAKEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


def brought(value: str) -> str:
    """The id that a request brought in its header, or a fresh one when it brought none that can be taken."""
    return value if _TAKEN.fullmatch(value) else new_id()


def correlation_id() -> str:
    """The id of what is being done now; a fresh one when nothing has begun."""
    current: str | None = get_contextvars().get(HEADER)
    return current or new_id()


_commands: OrderedDict[str, str] = OrderedDict()
REMEMBERED = 10_000
"""Commands of which this process remembers under which id they came."""


def remember(command_id: str) -> None:
    """Know that this command is at work under the present id. Commits are told in groups, so the message that tells of
    them cannot carry the id of each."""
    _commands[command_id] = correlation_id()
    while len(_commands) > REMEMBERED:
        _commands.popitem(last=False)


def remembered(command_ids: Iterable[str]) -> dict[str, str]:
    """Command → the id that it came under, as far as this process knows."""
    return {one: _commands[one] for one in command_ids if one in _commands}


@contextmanager
def correlated(context: Mapping[str, Any], **about: str) -> Iterator[None]:
    """Do something under the id that came with a message or request, or under a fresh one when none came; every line
    of the journal meanwhile tells it, and `about`."""
    before = bind_contextvars(**{HEADER: context.get(HEADER) or new_id()}, **about)
    try:
        yield
    finally:
        reset_contextvars(**before)
