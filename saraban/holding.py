"""Mail that is held back after a restore.

A backup ends at a position of the log. What had still to leave then may have left since, in the system that was lost,
and nobody here can know. So a restore writes this note, and mail that was asked for before it stays until a person
says of it that it is to be sent, or that it had left.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from saraban.ports import Views

TABLE, KEY = "held", "outbox"


def hold(records: Views, restored_at: datetime) -> None:
    """Hold back all mail that was asked for before this moment."""
    asked_before = restored_at.isoformat(timespec="microseconds")
    records.put_record(TABLE, KEY, {"asked_before": asked_before, "released": []})


def held_before(records: Views) -> tuple[str, frozenset[str]]:
    """The moment before which asked mail is held ("" for none), and the keys of those that may go all the same."""
    note = records.record(TABLE, KEY)
    return (note["asked_before"], frozenset(note["released"])) if note else ("", frozenset())


def release(records: Views, keys: Collection[str] | None) -> None:
    """Let the mails of these keys go, or all when there are none given."""
    if keys is None:
        records.delete_record(TABLE, KEY)
        return
    before, released = held_before(records)
    if before:
        records.put_record(TABLE, KEY, {"asked_before": before, "released": sorted(released | set(keys))})
