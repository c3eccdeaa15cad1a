"""One, two or four processes of each service end in the same state, and a slow one does not hold the others up."""

from __future__ import annotations

import signal
import threading
from collections import Counter

import pytest

from tests.chaos.load import Load
from tests.chaos.run import settled
from tests.chaos.servers import Servers
from tests.chaos.verdict import verdict
from tests.town import SERVICES, Process, Town

pytestmark = [pytest.mark.servers, pytest.mark.slow]

CLIENTS = 4
ROUNDS = 5


def test_the_end_is_the_same_however_many_processes_a_service_has(tmp_path):
    with Servers(tmp_path / "servers") as servers, settled(tmp_path, servers, 1) as town:
        before = len(town.told("register", "print", "receive", "--as", "somsri"))
        load = Load(town, CLIENTS)
        ends = []
        for replicas in (1, 2, 4):
            grow(town, replicas)
            load.play(ROUNDS)
            found = verdict(town, load, before)
            assert set(found.values()) == {"sound"}, (replicas, found)
            ends.append(end_state(town, load, load.rounds - ROUNDS))

    assert len(ends[0]) > 0
    assert ends[1] == ends[0]
    assert ends[2] == ends[0]


def test_a_slow_process_holds_up_no_others(tmp_path):
    with Servers(tmp_path / "servers") as servers, settled(tmp_path, servers, 2) as town:
        before = len(town.told("register", "print", "receive", "--as", "somsri"))
        with slowed(town.of("routing")[0]), slowed(town.of("registry")[0]):
            load = Load(town, CLIENTS)
            load.play(ROUNDS)
        found = verdict(town, load, before)

    assert set(found.values()) == {"sound"}, found


def grow(town: Town, replicas: int) -> None:
    """Start processes until every service has so many."""
    begun = [town.begin(service) for service in SERVICES for _ in range(replicas - len(town.of(service)))]
    for process in begun:
        town.await_ready(process)


def end_state(town: Town, load: Load, first: int) -> Counter[tuple[object, ...]]:
    """What there is of every letter from round `first` on, without what tells one round from another."""
    clerk = load.officers()["somsri"]
    state: Counter[tuple[object, ...]] = Counter()
    for row in town.told("register", "print", "receive", "--as", "somsri"):
        begun, _, number = (row["subject"] or "").rpartition(" รอบ ")
        if begun != "น้ำท่วมโรงเรียน" or int(number) < first:
            continue
        letter = clerk.did("GET", f"/letters/{row['letter_id']}", key="-")
        history = clerk.did("GET", f"/letters/{row['letter_id']}/history?limit=200", key="-")["rows"]
        kinds = Counter(one["what"] for one in history)
        state[letter["status"], len(letter["files"]), *sorted(kinds.items())] += 1
    return state


class slowed:  # noqa: N801 - reads as the block's adverb
    """Let a process run a tenth of the time while the block lasts."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._over = threading.Event()
        self._brake = threading.Thread(target=self._stop_and_go)

    def __enter__(self) -> None:
        self._brake.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._brake.join()

    def _stop_and_go(self) -> None:
        while not self._over.is_set():
            self._process.running.send_signal(signal.SIGSTOP)
            self._over.wait(0.45)
            self._process.running.send_signal(signal.SIGCONT)
            self._over.wait(0.05)
