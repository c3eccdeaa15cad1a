"""The id that ties together everything one request sets off, across services and in every log line.

It lives in structlog's context, which each green thread has of its own, and travels in the headers of messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from structlog.contextvars import bind_contextvars, get_contextvars, unbind_contextvars

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


@contextmanager
def correlated(context: Mapping[str, Any], **about: str) -> Iterator[None]:
    """Do something under the id that came with a message or request, or under a fresh one when none came; every line
    of the journal meanwhile tells it, and `about`."""
    bind_contextvars(**{HEADER: context.get(HEADER) or new_id()}, **about)
    try:
        yield
    finally:
        unbind_contextvars(HEADER, *about)
