"""Three members, and the primary is killed while two processes write: what was answered or read stays."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest

from saraban.audit.chain import verify
from saraban.contracts.errors import Unavailable
from saraban.engines.event_store.mongo import MongoEventStore
from tests.engines.event_store.letters import BOOK, shown
from tests.servers import own_server

pytestmark = pytest.mark.servers

COMMITS = 60
"""What each process writes between two kills, at least."""


class Writer:
    """A process that takes numbers, and what it was answered."""

    def __init__(self, address, name):
        act = [sys.executable, "-m", "tests.engines.event_store.process", "number-on", "mongodb", address, name]
        self.process = subprocess.Popen(act, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.answered = []
        self.listening = threading.Thread(target=self.listen)
        self.listening.start()

    def listen(self):
        for line in self.process.stdout:
            position, digest = line.split()
            self.answered.append((int(position), digest))

    def writes_on(self):
        """Wait until it was answered more commits."""
        enough = len(self.answered) + COMMITS
        until = time.monotonic() + 120
        while len(self.answered) < enough and self.process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        assert len(self.answered) >= enough

    def stop(self):
        self.process.stdin.close()
        ended = self.process.wait(60)
        self.listening.join()
        self.process.stdout.close()
        return ended


class Reader:
    """Follows the log as a service does, and remembers what it saw."""

    def __init__(self, address):
        self.store = MongoEventStore(address)
        self.seen = []
        self.done = threading.Event()
        self.following = threading.Thread(target=self.follow)
        self.following.start()

    def follow(self):
        while not self.done.is_set():
            try:
                page = self.store.read(len(self.seen), 500)
            except Unavailable:
                continue
            self.seen += [(commit.position, commit.hash) for commit in page]

    def stop(self):
        self.done.set()
        self.following.join()
        self.store.close()


def primary_of(replicas):
    until = time.monotonic() + 60
    while (primary := replicas.primary()) is None:
        assert time.monotonic() < until
        time.sleep(0.1)
    return replicas.members.index(primary)


def kill_primary(replicas):
    """The others have nearly all that it had, and elect one of them."""
    fallen = primary_of(replicas)
    replicas.members[fallen].kill()
    yield
    replicas.start_again(fallen)


def kill_primary_that_was_ahead(replicas):
    """For a while nobody copies anything from the primary; then it is gone, and the others go on without that."""
    ahead = primary_of(replicas)
    behind = [number for number in range(3) if number != ahead]
    for number in behind:
        replicas.members[number].kill()
    time.sleep(1)
    replicas.members[ahead].kill()
    for number in behind:
        replicas.start_again(number)
    yield
    replicas.start_again(ahead)


@pytest.mark.parametrize("fall", [kill_primary, kill_primary_that_was_ahead])
def test_killing_the_primary_under_load_loses_nothing_that_was_answered_or_seen(tmp_path, fall):
    with own_server("mongodb", tmp_path, members=3) as replicas:
        reader = Reader(replicas.address)
        writers = [Writer(replicas.address, name) for name in ("clerk-1", "clerk-2")]
        for _ in range(2):
            for writer in writers:
                writer.writes_on()
            for _ in fall(replicas):
                for writer in writers:
                    writer.writes_on()
        endings = [writer.stop() for writer in writers]
        reader.stop()

        with closing(MongoEventStore(replicas.address)) as store:
            commits = store.read(0, 1_000_000)
            book = store.stream(BOOK)
            verdict = verify(store)

    log = [(commit.position, commit.hash) for commit in commits]
    answered = [told for writer in writers for told in writer.answered]
    assert endings == [0, 0]
    assert set(answered) <= set(log)
    assert len(set(answered)) == len(answered)
    assert reader.seen == log[: len(reader.seen)]
    assert [position for position, _ in log] == list(range(1, len(log) + 1))
    assert shown(book) == [(BOOK, number) for number in range(1, len(log) + 1)]
    assert len({commit.command_id for commit in commits}) == len(commits)
    assert (verdict.wrong_at, verdict.checked) == (None, len(commits))
