"""Asking for what is needed, in bounded time, at most once a second, however many want to know."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from saraban.health.errand import Errand
from saraban.health.needs import Need, NotReady

FRESH = 1.0
"""Seconds for which an answer holds: a storm of probes costs one look a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is missing: its `name`, `since` when this process knows of it (RFC 3339, UTC), the stable `code` of what
    went wrong, what to tell people, whether nothing works without it, and what it misses itself."""

    name: str
    since: str
    code: str
    th: str
    en: str
    vital: bool
    missing: Sequence[Mapping[str, Any]] = ()

    def wire(self) -> dict[str, Any]:
        """As the pages tell it."""
        told = {"what": self.name, "since": self.since, "code": self.code, "th": self.th, "en": self.en}
        inner = {"missing": list(self.missing)} if self.missing else {}
        return {**told, "vital": self.vital, **inner}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a look found."""

    missing: tuple[Missing, ...]

    @property
    def ready(self) -> bool:
        """Whether everything vital is there."""
        return not any(one.vital for one in self.missing)

    def wire(self) -> dict[str, Any]:
        """As the pages and the call `ready` tell it."""
        return {"ready": self.ready, "missing": [one.wire() for one in self.missing]}


class Readiness:
    """Looks for the needs of one service. Each is asked in a thread of its own (a green one where threads are green)
    and never twice at a time: what hangs is missing until it answers."""

    def __init__(self, needs: Sequence[Need], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._questions = [Question(one, now) for one in needs]
        self._turn = threading.Lock()
        self._last: Report | None = None
        self._until = 0.0

    def report(self) -> Report:
        """What is missing; at most FRESH seconds old."""
        with self._turn:
            if self._last is None or time.monotonic() >= self._until:
                self._last = self._look()
                self._until = time.monotonic() + FRESH
            return self._last

    def _look(self) -> Report:
        began = time.monotonic()
        for one in self._questions:
            one.begin()
        found = [one.answer(began) for one in self._questions]
        return Report(missing=tuple(one for one in found if one is not None))


class Question:
    """Asks for one need."""

    def __init__(self, asked: Need, now: Callable[[], datetime]) -> None:
        self._need = asked
        self._now = now
        self._errand = Errand(asked.ask, f"need {asked.name}")
        self._since: str | None = None

    def begin(self) -> None:
        """Ask, unless the last time is not answered yet."""
        self._errand.begin()

    def answer(self, began: float) -> Missing | None:
        """None when it is there; waits as long as the need's patience lasts, counted from `began`."""
        try:
            self._errand.answer(began + self._need.patience)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the need is not met
            self._since = self._since or self._now().isoformat(timespec="seconds").replace("+00:00", "Z")
            return self._missing(error, self._since)
        self._since = None
        return None

    def _missing(self, error: Exception, since: str) -> Missing:
        inner = error.missing if isinstance(error, NotReady) else ()
        asked = self._need
        return Missing(
            name=asked.name, since=since, code=_code(error), th=asked.th, en=asked.en, vital=asked.vital, missing=inner
        )


def _code(error: Exception) -> str:
    """A stable word for an error: never its text, which may hold an address with its password."""
    return str(getattr(error, "code", "") or type(error).__name__)
