from __future__ import annotations

import queue
import threading

from saraban.contracts.errors.broker import ServiceAway
from services.intake.examiners import Examiners


def test_a_file_given_twice_while_it_is_worked_on_is_done_once() -> None:
    go, done = threading.Event(), queue.Queue()

    def examine(sha256: str) -> None:
        go.wait(5)
        done.put(sha256)

    examiners = Examiners(examine, count=1)
    examiners.give("a")
    examiners.give("a")
    examiners.give("b")
    go.set()

    assert [done.get(timeout=5), done.get(timeout=5)] == ["a", "b"]
    assert done.empty()
    examiners.close()


def test_a_file_that_could_not_be_done_can_be_given_again() -> None:
    tries: queue.Queue[str] = queue.Queue()

    def examine(sha256: str) -> None:
        tries.put(sha256)
        if tries.qsize() == 1:
            raise ServiceAway({"what": "registry"})

    examiners = Examiners(examine, count=1)
    examiners.give("a")
    while examiners._given:
        threading.Event().wait(0.001)
    examiners.give("a")
    while examiners._given:
        threading.Event().wait(0.001)

    assert tries.qsize() == 2
    examiners.close()


def test_an_unexpected_error_does_not_end_the_worker() -> None:
    done: queue.Queue[str] = queue.Queue()

    def examine(sha256: str) -> None:
        if sha256 == "bad":
            raise RuntimeError("unexpected")
        done.put(sha256)

    examiners = Examiners(examine, count=1)
    examiners.give("bad")
    examiners.give("good")

    assert done.get(timeout=5) == "good"
    examiners.close()
