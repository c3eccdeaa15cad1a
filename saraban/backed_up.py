"""When the system was last backed up: a note among the registry's records. A backup leaves it at its end; from it come
figures of the registry and what the doctor tells. Without it nobody would hear of a timer that stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from saraban.ports import Views

TABLE, KEY = "backups", "last"

TOO_OLD = timedelta(hours=28)
"""A nightly backup that is older has failed or was not begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBackup:
    """The last backup that reached its end: when, up to which position of the log, and how many files the store could
    not give whole."""

    at: datetime
    position: int
    missing: int

    def is_old(self, now: datetime) -> bool:
        """Whether a nightly backup should have come since."""
        return now - self.at > TOO_OLD


def note(records: Views, last: LastBackup) -> None:
    """Remember a backup, in place of the one before."""
    at = last.at.astimezone(UTC).isoformat(timespec="microseconds")
    records.put_record(TABLE, KEY, {"at": at, "position": last.position, "missing": last.missing})


def last_backup(records: Views) -> LastBackup | None:
    """The last backup; None when there never was one of this system."""
    kept = records.record(TABLE, KEY)
    if kept is None:
        return None
    return LastBackup(at=datetime.fromisoformat(kept["at"]), position=kept["position"], missing=kept["missing"])
