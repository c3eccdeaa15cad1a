"""A process is killed with `kill -9`; what it was told is durable must be there, whole, and nothing else half."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager

import pytest

from saraban.contracts.commit import GENESIS_HASH, rehash
from tests.engines.event_store.letters import BOOK, arrived, draft, shown


@contextmanager
def killed_after(log, act, name, lines):
    """What the process said before it was killed."""
    command = [sys.executable, "-m", "tests.engines.event_store.process", act, log.engine, log.location, name]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:
        said = [process.stdout.readline().split() for _ in range(lines)]
        process.kill()
        process.stdin.close()
        rest = [line.split() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    yield [(int(position), digest) for position, digest in said + rest]


@pytest.mark.parametrize("lines", [1, 50, 400])
def test_a_kill_in_the_middle_of_appending_loses_nothing_that_was_answered(lasting_log, lines):
    with killed_after(lasting_log, "write-on", "letter", lines) as answered:
        store = lasting_log.open()

    commits = store.read(0, 100_000)
    assert [(commit.position, commit.hash) for commit in commits][: len(answered)] == answered


def test_a_kill_leaves_whole_commits_in_an_unbroken_chain(lasting_log):
    for turn in range(3):
        with killed_after(lasting_log, "write-on", f"turn-{turn}", 20):
            pass

    store = lasting_log.open()
    commits = store.read(0, 100_000)
    previous = GENESIS_HASH
    for place, commit in enumerate(commits, start=1):
        assert (commit.position, commit.previous_hash, rehash(commit)) == (place, previous, commit.hash)
        assert len(commit.events) == 2
        previous = commit.hash
    assert shown(store.stream(BOOK)) == [(BOOK, number) for number in range(1, len(commits) + 1)]


def test_a_commit_whose_writer_died_before_telling_anybody_is_found_again(lasting_log):
    with killed_after(lasting_log, "write-and-wait", "receive-1", 1) as ((position, digest),):
        store = lasting_log.open()

    swept = store.read(position - 1, 10)
    (repeated,) = store.append([draft(arrived("flood"), command="receive-1")])

    assert [commit.hash for commit in swept] == [digest]
    assert repeated == swept[0]
    assert store.head().position == 1
