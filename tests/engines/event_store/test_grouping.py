"""Callers who wait while a batch is written go together in the next one."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from saraban.contracts.commit import Commit
from saraban.contracts.errors import SarabanError
from saraban.contracts.errors.log import StoreFull, Unwritable, VersionConflict
from saraban.engines.event_store.grouping import GroupCommit
from tests.engines.event_store.letters import BOOK, arrived, draft, numbered


class Gated:
    """A store that writes each batch only when told, and remembers the batches."""

    def __init__(self, store):
        self.store = store
        self.batches = []
        self.began = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)
        self.error = None

    def append(self, drafts):
        self.batches.append([wanted.command_id for wanted in drafts])
        self.began.release()
        assert self.go_on.acquire(timeout=20)
        if self.error:
            raise self.error
        return self.store.append(drafts)


@pytest.fixture
def gated(store):
    return Gated(store)


def outcome_of(group, wanted):
    try:
        return group.append(wanted)
    except SarabanError as error:
        return error


def until_waiting(group, count):
    while len(group._waiting) < count:
        threading.Event().wait(0.001)


def test_callers_who_wait_while_a_batch_is_written_go_together_in_order(gated):
    group = GroupCommit(gated)

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(group.append, draft(arrived("first"), command="first"))
        assert gated.began.acquire(timeout=20)
        others = []
        for place, name in enumerate(("second", "third", "fourth"), start=1):
            others.append(pool.submit(group.append, draft(arrived(name), command=name)))
            until_waiting(group, place)
        gated.go_on.release(2)

    assert gated.batches == [["first"], ["second", "third", "fourth"]]
    assert [done.result().position for done in (first, *others)] == [1, 2, 3, 4]


def test_one_that_fails_does_not_fail_its_neighbours(gated):
    group = GroupCommit(gated)

    with ThreadPoolExecutor(4) as pool:
        pool.submit(group.append, draft(arrived("fire")))
        assert gated.began.acquire(timeout=20)
        wanted = [draft(arrived("flood")), draft(numbered(7)), draft(arrived("a\0b"))]
        outcomes = [pool.submit(outcome_of, group, each) for each in wanted]
        until_waiting(group, 3)
        gated.go_on.release(2)

    assert [type(outcome.result()) for outcome in outcomes] == [Commit, VersionConflict, Unwritable]


def test_a_store_that_is_full_tells_every_caller_and_the_next_one_is_served(gated):
    group = GroupCommit(gated)

    with ThreadPoolExecutor(4) as pool:
        pool.submit(outcome_of, group, draft(arrived("fire")))
        assert gated.began.acquire(timeout=20)
        waiting = [pool.submit(outcome_of, group, draft(arrived(name))) for name in ("flood", "storm")]
        until_waiting(group, 2)
        gated.error = StoreFull()
        gated.go_on.release(2)
    gated.error = None
    gated.go_on.release()
    after = group.append(draft(arrived("drought")))

    assert [type(outcome.result()) for outcome in waiting] == [StoreFull, StoreFull]
    assert after.position == 1


def test_many_threads_get_each_their_own_commit(store):
    group = GroupCommit(store)
    wanted = [draft(arrived(f"flood-{number}")) for number in range(500)]

    with ThreadPoolExecutor(16) as pool:
        commits = list(pool.map(group.append, wanted))

    assert [commit.command_id for commit in commits] == [each.command_id for each in wanted]
    assert sorted(commit.position for commit in commits) == list(range(1, 501))


def test_threads_that_race_for_numbers_get_each_number_once(store):
    group = GroupCommit(store)

    def take(turn):
        while True:
            number = store.versions([BOOK])[BOOK] + 1
            outcome = outcome_of(group, draft(numbered(number), command=f"turn-{turn}"))
            if isinstance(outcome, Commit):
                return number

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(take, range(100)))

    assert sorted(numbers) == list(range(1, 101))


GREEN = """
import eventlet
eventlet.monkey_patch()
from pathlib import Path
from saraban.contracts.commit import Commit
from saraban.engines.event_store.grouping import GroupCommit
from saraban.engines.event_store.sqlite import SqliteEventStore
from tests.engines.event_store.letters import arrived, draft
store = SqliteEventStore(Path(sys.argv[1]) / "log.db")
group = GroupCommit(store)
"""


def run_green(folder, body):
    command = [sys.executable, "-W", "ignore", "-c", "import sys\n" + GREEN + body, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_green_threads_are_grouped_too(tmp_path):
    said = run_green(
        tmp_path,
        """
batches = []
class Counting:
    def append(self, drafts):
        batches.append(len(drafts))
        return store.append(drafts)
group = GroupCommit(Counting())
pool = eventlet.GreenPool(64)
commits = list(pool.imap(group.append, [draft(arrived(f"flood-{n}")) for n in range(640)]))
print(len({c.position for c in commits}), store.head().position, len(batches) < 100)
""",
    )

    assert said == ["640", "640", "True"]


def test_a_green_caller_who_is_killed_holds_up_nobody(tmp_path):
    said = run_green(
        tmp_path,
        """
callers = [eventlet.spawn(group.append, draft(arrived(f"flood-{n}"))) for n in range(30)]
eventlet.sleep(0)
killed = callers[:10]
for caller in killed:
    caller.kill()
answers = [caller.wait() for caller in callers[10:]]
after = group.append(draft(arrived("drought")))
print(len(answers), all(isinstance(answer, Commit) for answer in answers), isinstance(after, Commit))
""",
    )

    assert said == ["20", "True", "True"]


def test_a_green_caller_who_is_killed_while_it_writes_holds_up_nobody(tmp_path):
    said = run_green(
        tmp_path,
        """
writer = eventlet.spawn(group.append, draft(arrived("first")))
eventlet.sleep(0)
eventlet.sleep(0)
others = [eventlet.spawn(group.append, draft(arrived(f"flood-{n}"))) for n in range(5)]
eventlet.sleep(0)
writer.kill()
print(sum(isinstance(other.wait(), Commit) for other in others))
""",
    )

    assert said == ["5"]
