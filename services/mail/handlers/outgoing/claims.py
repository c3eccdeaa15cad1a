"""Who sends what: of several processes only one takes a mail at a time.

A claim is a record with a time of expiry, so that what a killed process had taken is free again later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from saraban.broker.threads import in_thread
from saraban.ports import Views

TABLE = "claims"
LASTS = timedelta(minutes=2)


@contextmanager
def claimed(views: Views, key: str, now: datetime) -> Iterator[bool]:
    """Whether this process has `key` for the block (and no longer than LASTS)."""
    taken = in_thread(_take, views, key, now)
    try:
        yield taken
    finally:
        if taken:
            in_thread(views.delete_record, TABLE, key)


def release_all(views: Views) -> None:
    """Forget all claims, at the start of the only process that sends: whoever held one was killed."""
    for key, _ in views.records(TABLE):
        views.delete_record(TABLE, key)


def _take(views: Views, key: str, now: datetime) -> bool:
    claim = {"until": (now + LASTS).isoformat()}
    if views.put_record(TABLE, key, claim, unless_exists=True):
        return True
    known = views.record(TABLE, key)
    if known is None or datetime.fromisoformat(known["until"]) > now:
        return False
    views.delete_record(TABLE, key)
    return views.put_record(TABLE, key, claim, unless_exists=True)
