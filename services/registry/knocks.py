"""Knocks: fresh commits on their way to everyone who follows the log."""

from __future__ import annotations

import time
from collections.abc import Sequence

from saraban.broker.correlation import remembered
from saraban.broker.desk import Office
from saraban.contracts.commit import Commit, pack
from saraban.contracts.errors import Unavailable
from saraban.journal import journal
from saraban.metrics import count_events

log = journal(__name__)

BELL = "knocks"

REST = 0.02
"""Seconds between two knocks. The first of a busy moment is sent at once; what is written while it rests goes together,
as a knock costs every service the same however many commits it brings."""


class Knocks:
    """Gathers what the pen has written and tells of it in one message at a time."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._fresh: list[Commit] = []

    def gather(self, commits: Sequence[Commit]) -> None:
        """Let these be told. The caller need not wait: who does not hear of them learns of them by sweeping the log."""
        count_events((event.type, event.data) for commit in commits for event in commit.events)
        self._fresh += commits
        self._office.ring(BELL)

    def send(self) -> None:
        """Tell of all that was gathered, in the order of the log, then rest."""
        fresh, self._fresh = sorted(self._fresh, key=lambda commit: commit.position), []
        if not fresh:
            return
        try:
            came_under = remembered(commit.command_id for commit in fresh)
            self._office.publish("committed", {"commits": pack(fresh), "came_under": came_under})
        except Unavailable:
            log.warning("knock not sent", positions=[fresh[0].position, fresh[-1].position])
        time.sleep(REST)
