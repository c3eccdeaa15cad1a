from __future__ import annotations

import queue
import threading

from saraban.contracts.errors.broker import ServiceAway
from saraban.crew import Crew


def test_work_given_twice_while_it_is_worked_on_is_done_once() -> None:
    go, done = threading.Event(), queue.Queue()

    def work(key: str) -> None:
        go.wait(5)
        done.put(key)

    crew = Crew(work, name="examiner", count=1)
    crew.give("a")
    crew.give("a")
    crew.give("b")
    go.set()

    assert [done.get(timeout=5), done.get(timeout=5)] == ["a", "b"]
    assert done.empty()
    crew.close()


def test_work_that_could_not_be_done_can_be_given_again() -> None:
    tries: queue.Queue[str] = queue.Queue()

    def work(key: str) -> None:
        tries.put(key)
        if tries.qsize() == 1:
            raise ServiceAway({"what": "registry"})

    crew = Crew(work, name="examiner", count=1)
    crew.give("a")
    while crew._given:
        threading.Event().wait(0.001)
    crew.give("a")
    while crew._given:
        threading.Event().wait(0.001)

    assert tries.qsize() == 2
    crew.close()


def test_an_unexpected_error_does_not_end_the_worker() -> None:
    done: queue.Queue[str] = queue.Queue()

    def work(key: str) -> None:
        if key == "bad":
            raise RuntimeError("unexpected")
        done.put(key)

    crew = Crew(work, name="examiner", count=1)
    crew.give("bad")
    crew.give("good")

    assert done.get(timeout=5) == "good"
    crew.close()


def test_a_closed_crew_finishes_what_it_has_in_hand_and_leaves_the_rest() -> None:
    begun, done = threading.Event(), []

    def work(key: str) -> None:
        begun.set()
        threading.Event().wait(0.05)
        done.append(key)

    crew = Crew(work, name="examiner", count=1)
    crew.give("a")
    crew.give("b")
    begun.wait(5)
    crew.close()

    assert done == ["a"]
