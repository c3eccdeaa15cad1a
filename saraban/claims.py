"""Who does what: of the processes of a service only one does a piece of work at a time.

A claim is a record beside the views with a time of expiry, so that what a killed process had taken is free again
later. Who finds one that has expired must first win the right to replace just that one, so two never do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from saraban.broker.threads import in_thread
from saraban.contracts.ids import new_id
from saraban.ports import Clock, Document, Views

TABLE = "claims"
LASTS = timedelta(minutes=2)

_LOOK_AGAIN = 0.1


@contextmanager
def claimed(views: Views, key: str, now: datetime, lasts: timedelta = LASTS) -> Iterator[bool]:
    """Whether this process has `key` for the block (and no longer than `lasts`)."""
    name = in_thread(_take, views, key, now, lasts)
    try:
        yield name is not None
    finally:
        if name is not None:
            in_thread(_give_back, views, key, name)


def release_all(views: Views) -> None:
    """Forget all claims, at the start of the only process that works: whoever held one was killed."""
    for key, _ in views.records(TABLE):
        views.delete_record(TABLE, key)


class Claims:
    """The claims of a service's processes. Without views there is one process only, and everything is its own."""

    def __init__(self, views: Views | None = None, clock: Clock | None = None) -> None:
        self._shared = (views, clock) if views and clock else None

    @contextmanager
    def alone(self, key: str) -> Iterator[bool]:
        """Whether this process does the work `key`, for the block; if not, another one does."""
        if self._shared is None:
            yield True
            return
        views, clock = self._shared
        with claimed(views, key, clock.now()) as mine:
            yield mine

    @contextmanager
    def turn(self, key: str, lasts: timedelta, patience: float) -> Iterator[bool]:
        """The same for work that each process has to do: waits for it up to `patience` seconds."""
        until = time.monotonic() + patience
        while self._shared and time.monotonic() < until:
            views, clock = self._shared
            with claimed(views, key, clock.now(), lasts) as mine:
                if mine:
                    yield True
                    return
            time.sleep(_LOOK_AGAIN)
        yield self._shared is None

    @contextmanager
    def kept(self, key: str) -> Iterator[Callable[[], None] | None]:
        """The same as `alone` for work that takes longer than a claim lasts: None when another process does it, or else
        what to call every now and then, at least once in LASTS, to keep the claim."""
        if self._shared is None:
            yield lambda: None
            return
        views, clock = self._shared
        name = in_thread(_take, views, key, clock.now(), LASTS)
        try:
            yield None if name is None else lambda: in_thread(_prolong, views, key, name, clock.now())
        finally:
            if name is not None:
                in_thread(_give_back, views, key, name)

    def each_by_one(self, kind: str, work: Callable[[str], None]) -> Callable[[str], None]:
        """`work` on keys, left out where another process is at the same key."""

        def do(key: str) -> None:
            with self.alone(f"{kind}:{key}") as mine:
                if mine:
                    work(key)

        return do


def _take(views: Views, key: str, now: datetime, lasts: timedelta) -> str | None:
    name = new_id()
    claim = {"until": (now + lasts).isoformat(), "by": name}
    if views.put_record(TABLE, key, claim, unless_exists=True):
        return name
    known = views.record(TABLE, key)
    if known is None or datetime.fromisoformat(known["until"]) > now:
        return None
    return name if _replace(views, key, known["by"], claim) else None


def _replace(views: Views, key: str, expired: str, claim: Document) -> bool:
    """Put a claim in the place of an expired one, unless another process is at it or has done so."""
    mark = f"{key}|replaces|{expired}"
    if not views.put_record(TABLE, mark, claim, unless_exists=True):
        return False
    now = views.record(TABLE, key)
    still = now is not None and now["by"] == expired
    if still:
        views.put_record(TABLE, key, claim)
    views.delete_record(TABLE, mark)
    return still


def _prolong(views: Views, key: str, name: str, now: datetime) -> None:
    known = views.record(TABLE, key)
    if known is not None and known["by"] == name:
        views.put_record(TABLE, key, {**known, "until": (now + LASTS).isoformat()})


def _give_back(views: Views, key: str, name: str) -> None:
    known = views.record(TABLE, key)
    if known is not None and known["by"] == name:
        views.delete_record(TABLE, key)
