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
from tests.town import Process, Town

pytestmark = [pytest.mark.servers, pytest.mark.slow]

CLIENTS = 4
ROUNDS = 6


@pytest.fixture(scope="module")
def end_of_one(tmp_path_factory):
    """What there is in the end when each service has one process."""
    return played(tmp_path_factory.mktemp("one"), 1)


@pytest.mark.parametrize("replicas", [2, 4])
def test_the_end_is_the_same_however_many_processes_a_service_has(replicas, end_of_one, tmp_path):
    assert played(tmp_path, replicas) == end_of_one


def test_a_slow_process_holds_up_no_others(tmp_path):
    with Servers(tmp_path / "servers") as servers, settled(tmp_path, servers, 2) as town:
        before = len(town.told("register", "print", "receive", "--as", "somsri"))
        with slowed(town.of("routing")[0]), slowed(town.of("registry")[0]):
            load = Load(town, CLIENTS).start()
            load.await_rounds(ROUNDS)
            load.finish()
        found = verdict(town, load, before)

    assert set(found.values()) == {"sound"}, found


def played(folder, replicas: int) -> Counter[tuple[object, ...]]:
    """Play some rounds; answers every letter of the registers by what can be compared, with how often it is there."""
    with Servers(folder / "servers") as servers, settled(folder, servers, replicas) as town:
        before = len(town.told("register", "print", "receive", "--as", "somsri"))
        load = Load(town, CLIENTS, most=ROUNDS).start()
        load.finish()
        found = verdict(town, load, before)
        assert set(found.values()) == {"sound"}, found
        return end_state(town, load)


def end_state(town: Town, load: Load) -> Counter[tuple[object, ...]]:
    clerk = load.officers()["somsri"]
    state: Counter[tuple[object, ...]] = Counter()
    rows = town.told("register", "print", "receive", "--as", "somsri")
    for row in [one for one in rows if one["letter_id"]]:  # of the others a clerk may know the number alone
        letter = clerk.did("GET", f"/letters/{row['letter_id']}", key="-")
        history = clerk.did("GET", f"/letters/{row['letter_id']}/history?limit=200", key="-")["rows"]
        kinds = Counter(one["what"] for one in history)
        state[letter["particulars"]["subject"], letter["status"], len(letter["files"]), *sorted(kinds.items())] += 1
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
