"""Looking up the figures of one service when somebody asks, in bounded time, at most once a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from functools import partial

from saraban.health.errand import Errand
from saraban.journal import journal
from saraban.metrics import Figure, Source

log = journal(__name__)

PATIENCE = 2.0
"""Seconds that looking up may take; what is not known by then is left out."""

FRESH = 1.0
"""Seconds for which what was looked up holds."""


class Gathering:
    """Asks several sources side by side; one that fails or is late leaves a gap, not an error."""

    def __init__(self, service: str, sources: Mapping[str, Source]) -> None:
        self._service = service
        self._errands = {name: Errand(partial(_listed, source), f"figures {name}") for name, source in sources.items()}
        self._turn = threading.Lock()
        self._known: Sequence[Figure] = ()
        self._until = 0.0

    def figures(self) -> Sequence[Figure]:
        """All figures that could be looked up."""
        with self._turn:
            if time.monotonic() >= self._until:
                self._known = self._look()
                self._until = time.monotonic() + FRESH
            return self._known

    def _look(self) -> Sequence[Figure]:
        until = time.monotonic() + PATIENCE
        for errand in self._errands.values():
            errand.begin()
        return [one for name, errand in self._errands.items() for one in self._answer(name, errand, until)]

    def _answer(self, name: str, errand: Errand[list[Figure]], until: float) -> list[Figure]:
        try:
            return errand.answer(until) or []
        except Exception as error:  # noqa: BLE001 - a figure that cannot be had must not cost the others
            code = getattr(error, "code", type(error).__name__)
            log.warning("figures not had", service=self._service, figures=name, code=code)
            return []


def _listed(source: Source) -> list[Figure]:
    return list(source())
