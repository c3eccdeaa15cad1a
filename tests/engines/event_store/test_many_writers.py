"""Several writers at one log, as threads with a handle each and as processes."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, wait

from saraban.contracts.commit import Commit, seal
from saraban.engines.event_store import plan
from tests.engines.event_store.letters import BOOK, arrived, draft, numbered, shown, written
from tests.engines.event_store.process import NUMBERS, take_one

WRITERS = 6
EACH = 20


def take_numbers(store, name):
    for turn in range(EACH):
        while not isinstance(take_one(store, f"{name}-{turn}"), Commit):
            pass


def look_until(done, store):
    seen = []
    while not done.is_set():
        seen.append([commit.position for commit in store.read(0, 10_000)])
    return seen


def test_writers_who_race_for_numbers_get_each_number_once(log):
    stores = [log.open() for _ in range(WRITERS)]

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(take_numbers, stores, [f"clerk-{number}" for number in range(WRITERS)]))

    total = WRITERS * EACH
    commits = stores[0].read(0, 10_000)
    assert [commit.position for commit in commits] == list(range(1, total + 1))
    assert shown(stores[0].stream(BOOK)) == [(BOOK, number) for number in range(1, total + 1)]
    assert len({commit.command_id for commit in commits}) == total


def test_a_reader_beside_many_writers_never_sees_a_hole(log):
    stores, reader = [log.open() for _ in range(WRITERS)], log.open()
    done = threading.Event()

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        looking = pool.submit(look_until, done, reader)
        list(pool.map(take_numbers, stores, [f"clerk-{number}" for number in range(WRITERS)]))
        done.set()

    seen = looking.result()
    assert all(positions == list(range(1, len(positions) + 1)) for positions in seen)
    assert [len(positions) for positions in seen] == sorted(len(positions) for positions in seen)


def test_a_writer_delayed_between_choosing_its_position_and_inserting_makes_no_hole(log, monkeypatch):
    slow, quick, reader = log.open(), log.open(), log.open()
    written(slow, draft(arrived("fire")))
    chosen, go_on = threading.Event(), threading.Event()

    def delayed(wanted, head):
        commit = seal(wanted, head)
        if wanted.command_id == "slow" and not chosen.is_set():
            chosen.set()
            assert go_on.wait(20)
        return commit

    monkeypatch.setattr(plan, "seal", delayed)
    with ThreadPoolExecutor(2) as pool:
        late = pool.submit(slow.append, [draft(arrived("flood"), command="slow")])
        assert chosen.wait(20)
        soon = pool.submit(quick.append, [draft(arrived("storm"), command="quick")])
        wait([soon], timeout=0.3)
        meanwhile = [commit.position for commit in reader.read(0, 10)]
        go_on.set()

    assert meanwhile in ([1], [1, 2])
    outcomes = late.result() + soon.result()
    assert sorted(commit.position for commit in outcomes) == [2, 3]
    assert [commit.command_id for commit in reader.read(0, 10)][1:] in (["slow", "quick"], ["quick", "slow"])


def test_the_same_command_from_two_writers_at_once_is_one_commit(log):
    stores = [log.open() for _ in range(WRITERS)]

    with ThreadPoolExecutor(WRITERS) as pool:
        outcomes = list(pool.map(lambda store: store.append([draft(arrived(), command="receive-1")])[0], stores))

    assert len(stores[0].read(0, 10)) == 1
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_two_processes_that_race_for_numbers_get_each_number_once(lasting_log):
    act = [sys.executable, "-m", "tests.engines.event_store.process", "take-numbers"]
    clerks = [
        subprocess.Popen([*act, lasting_log.engine, lasting_log.location, name], stdin=-1, stdout=-1, text=True)
        for name in ("clerk-1", "clerk-2")
    ]
    assert [clerk.stdout.readline() for clerk in clerks] == ["ready\n", "ready\n"]

    for clerk in clerks:
        clerk.stdin.write("go\n")
        clerk.stdin.flush()
    endings = [clerk.communicate(timeout=60) and clerk.returncode for clerk in clerks]

    store = lasting_log.open()
    commits = store.read(0, 1000)
    assert endings == [0, 0]
    assert [commit.position for commit in commits] == list(range(1, 2 * NUMBERS + 1))
    assert shown(store.stream(BOOK)) == [(BOOK, number) for number in range(1, 2 * NUMBERS + 1)]
    assert len({commit.command_id for commit in commits}) == 2 * NUMBERS


def test_a_writer_with_an_old_view_conflicts_and_writes_nothing(log):
    first, second = log.open(), log.open()
    written(first, draft(numbered(1)))

    (outcome,) = second.append([draft(numbered(1), arrived("fire"))])

    assert outcome.detail["actual"] == 1
    assert second.stream("letter:fire") == []
