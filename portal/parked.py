"""Asking every service for its parked work. One that is away costs its own rows, not everybody's."""

from __future__ import annotations

from typing import Any

from portal.calls import ask
from portal.window import SERVICES
from saraban.contracts.errors import Unavailable

PATIENCE = 3.0
"""Seconds that a service may take to answer before it counts as away."""


def parked_work() -> tuple[list[dict[str, Any]], list[str]]:
    """The rows of all services that answer, without what the work is about (an administrator need not be cleared for
    that), and the services that do not answer."""
    rows: list[dict[str, Any]] = []
    away: list[str] = []
    for service in SERVICES:
        try:
            found = ask(service, "parked_list", timeout=PATIENCE)
        except Unavailable:
            away.append(service)
        else:
            rows += ({"service": service, **{name: row[name] for name in row if name != "payload"}} for row in found)
    return rows, away
