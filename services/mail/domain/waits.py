"""How long a mail that could not leave waits before the next try; after the last wait it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

MINUTE, HOUR = 60, 3600
WAITS = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR)
"""Seconds after the first, second … failed try: nearly three days in all (RFC 5321, 4.5.4.1 asks for days)."""


def is_last(tries: int) -> bool:
    """Whether a mail that failed this often is given up."""
    return tries > len(WAITS)


def due_after(tries: int, at: str) -> str:
    """When the next try is due after the failed one number `tries` at the ISO time `at`."""
    wait = timedelta(seconds=WAITS[min(tries, len(WAITS)) - 1])
    return (datetime.fromisoformat(at) + wait).isoformat()
