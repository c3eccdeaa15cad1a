"""Callers who wait while a batch is worked on go together in the next one."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from saraban.broker import gathering as module
from saraban.broker.gathering import Gathering


class Gated:
    """Work that goes on only when told, and remembers its batches."""

    def __init__(self):
        self.batches = []
        self.began = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)

    def __call__(self, batch):
        self.batches.append(batch)
        self.began.release()
        assert self.go_on.acquire(timeout=20)
        return len(self.batches)


def until_waiting(gathering, count):
    while len(gathering) < count:
        threading.Event().wait(0.001)


def test_callers_who_wait_while_a_batch_is_worked_on_go_together_in_order():
    work = Gated()
    gathering = Gathering(work, most=10)

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(gathering.bring, "first")
        assert work.began.acquire(timeout=20)
        others = []
        for place, name in enumerate(("second", "third", "fourth"), start=1):
            others.append(pool.submit(gathering.bring, name))
            until_waiting(gathering, place)
        work.go_on.release(2)

    assert work.batches == [["first"], ["second", "third", "fourth"]]
    assert [done.result() for done in (first, *others)] == [1, 2, None, None]


def test_no_batch_is_larger_than_it_may_be():
    work = Gated()
    gathering = Gathering(work, most=2)

    with ThreadPoolExecutor(6) as pool:
        callers = [pool.submit(gathering.bring, 0)]
        assert work.began.acquire(timeout=20)
        for place in range(1, 6):
            callers.append(pool.submit(gathering.bring, place))
            until_waiting(gathering, place)
        work.go_on.release(4)
        for caller in callers:
            caller.result()

    assert work.batches == [[0], [1, 2], [3, 4], [5]]


def test_what_many_threads_bring_is_worked_on_once_each():
    taken = []
    gathering = Gathering(taken.extend, most=7)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(gathering.bring, range(2000)))

    assert sorted(taken) == list(range(2000))


@pytest.mark.parametrize("patience", [0.0, 0.0005])
def test_a_thread_that_went_to_rest_or_ended_is_followed_by_another(monkeypatch, patience):
    monkeypatch.setattr(module, "PATIENCE", patience)
    taken = []
    gathering = Gathering(taken.extend, most=7)

    with ThreadPoolExecutor(3) as pool:
        for number in range(300):
            pool.submit(gathering.bring, number).result(timeout=20)
            if number % 3 == 0:
                threading.Event().wait(0.001)
        list(pool.map(gathering.bring, range(300, 900), timeout=20))

    assert sorted(taken) == list(range(900))


def test_work_that_fails_in_spite_of_all_lets_its_callers_go_and_the_next_are_served():
    def work(batch):
        if "bad" in batch:
            raise ValueError("bad")
        return batch

    gathering = Gathering(work, most=7)

    assert gathering.bring("bad") is None
    assert gathering.bring("good") == ["good"]


GREEN = """
import eventlet
eventlet.monkey_patch()
from saraban.broker.gathering import Gathering
taken, batches = [], []
slow = eventlet.patcher.original("time").sleep
def work(batch):
    batches.append(len(batch))
    slow(0.002)
    taken.extend(batch)
gathering = Gathering(work, most=256)
"""


def run_green(body):
    command = [sys.executable, "-W", "ignore", "-c", GREEN + body]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_green_threads_are_gathered_too():
    said = run_green("""
pool = eventlet.GreenPool(64)
list(pool.imap(gathering.bring, range(640)))
print(sorted(taken) == list(range(640)), len(batches) < 100)
""")

    assert said == ["True", "True"]


def test_green_callers_who_are_killed_hold_up_nobody_and_what_they_brought_is_worked_on():
    said = run_green("""
callers = [eventlet.spawn(gathering.bring, n) for n in range(30)]
eventlet.sleep(0)
for caller in callers[:10]:
    caller.kill()
for caller in callers[10:]:
    caller.wait()
gathering.bring("after")
print(set(range(30)) <= set(taken), "after" in taken)
""")

    assert said == ["True", "True"]


def test_a_green_caller_who_fails_on_being_woken_does_not_keep_its_neighbours_asleep():
    said = run_green("""
done = []
def bring(n):
    gathering.bring(n)
    if n == 2:
        raise SystemError
    done.append(n)
for n in range(6):
    eventlet.spawn_n(bring, n)
eventlet.sleep(0.2)
print(sorted(done))
""")

    assert said[-5:] == ["[0,", "1,", "3,", "4,", "5]"]
