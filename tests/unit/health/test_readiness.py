from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

from saraban.contracts.errors import Unavailable
from saraban.health import Readiness, need
from saraban.health.needs import service
from saraban.health.readiness import Question

NINE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class Store:
    """An engine that is away while `away` is set, and counts how often it was asked."""

    def __init__(self) -> None:
        self.away: Exception | None = None
        self.asked = 0

    def ask(self) -> None:
        self.asked += 1
        if self.away:
            raise self.away


def test_nothing_is_missing_when_everything_answers():
    report = Readiness([need("views", Store().ask)]).report()

    assert report.wire() == {"ready": True, "missing": []}


def test_what_is_missing_is_told_with_the_moment_in_thai_and_english():
    store = Store()
    store.away = Unavailable({"what": "mongodb"})

    (missing,) = Readiness([need("views", store.ask)], now=lambda: NINE).report().wire()["missing"]

    assert missing["what"] == "views"
    assert missing["since"] == "2026-01-05T09:00:00Z"
    assert missing["code"] == "unavailable"
    assert "ไม่ตอบ" in missing["th"]
    assert "does not answer" in missing["en"]


def test_the_moment_stays_while_it_is_missing_and_is_forgotten_when_it_comes_back():
    hours = iter(range(9, 12))
    store = Store()
    question = Question(need("views", store.ask), now=lambda: datetime(2026, 1, 5, next(hours), tzinfo=UTC))
    looks = []

    for away in (Unavailable(), Unavailable(), None, Unavailable()):
        store.away = away
        question.begin()
        looks.append(question.answer(began=time.monotonic()))

    since = [look and look.since for look in looks]
    assert since == ["2026-01-05T09:00:00Z", "2026-01-05T09:00:00Z", None, "2026-01-05T10:00:00Z"]


def test_a_storm_of_probes_asks_an_engine_once():
    store = Store()
    readiness = Readiness([need("log", store.ask)])

    for _ in range(1000):
        readiness.report()

    assert store.asked == 1


def test_an_engine_that_hangs_is_missing_and_is_not_asked_again_before_it_answers():
    store, answers = Store(), threading.Event()

    def hang() -> None:
        store.ask()
        answers.wait(30)

    question = Question(need("index", hang, patience=0.01), now=lambda: NINE)

    question.begin()
    late = question.answer(began=0.0)
    question.begin()
    answers.set()

    assert late is not None
    assert late.code == "no_answer"
    assert store.asked == 1


def test_without_what_is_not_vital_a_service_is_ready_and_says_what_it_misses():
    store = Store()
    store.away = Unavailable()

    report = Readiness([need("mailbox", store.ask, vital=False)]).report()

    assert report.ready
    assert [one.name for one in report.missing] == ["mailbox"]


def test_a_service_in_need_passes_on_what_it_misses():
    index_away = {"what": "index", "since": "2026-01-05T09:00:00Z"}
    search = service("search", lambda: {"ready": False, "missing": [index_away]}, vital=False)

    (missing,) = Readiness([search]).report().wire()["missing"]

    assert (missing["what"], missing["missing"]) == ("search", [index_away])


def test_the_text_of_an_error_with_its_address_and_password_is_not_told():
    store = Store()
    store.away = ConnectionRefusedError("mongodb://saraban:hunter2@db refused")

    told = str(Readiness([need("views", store.ask)]).report().wire())

    assert "ConnectionRefusedError" in told
    assert "hunter2" not in told
