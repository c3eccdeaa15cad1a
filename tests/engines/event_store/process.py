"""Another process at the log: `python -m tests.engines.event_store.process ACT ENGINE LOCATION NAME`.

It prints one line for each thing done, so that the test knows how far it came before it kills it.
"""

from __future__ import annotations

import sys
import threading

from saraban.contracts.commit import Commit
from saraban.contracts.errors import Unavailable
from saraban.ports import EventStore
from tests.engines.event_store.engines import open_store
from tests.engines.event_store.letters import BOOK, arrived, draft, numbered

NUMBERS = 40


def take_numbers(store: EventStore, name: str) -> None:
    """Take numbers of the one register, each as soon as another writer lets us."""
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(NUMBERS):
        while not isinstance(take_one(store, f"{name}-{turn}"), Commit):
            pass
        print(turn, flush=True)


def take_one(store: EventStore, command: str) -> object:
    version = store.versions([BOOK])[BOOK] + 1
    (outcome,) = store.append([draft(numbered(version, letter=command), arrived(command), command=command)])
    return outcome


def write_on(store: EventStore, name: str) -> None:
    """Append batches of letters with numbers until killed; print each commit only when it is durable."""
    number = store.versions([BOOK])[BOOK]
    while True:
        letters = [f"{name}-{number + step}" for step in (1, 2, 3)]
        drafts = [
            draft(arrived(letter), numbered(number + step, letter=letter), command=letter)
            for step, letter in enumerate(letters, start=1)
        ]
        for commit in store.append(drafts):
            print(commit.position, commit.hash, flush=True)
        number += len(drafts)


def number_on(store: EventStore, name: str) -> None:
    """Take numbers until told to stop, whatever happens to the servers: a command whose outcome is not known is given
    again. Print each commit only when it is durable."""
    stop = threading.Thread(target=sys.stdin.read, daemon=True)
    stop.start()
    turn = 0
    while stop.is_alive():
        try:
            outcome = take_one(store, f"{name}-{turn}")
        except Unavailable:
            continue
        if isinstance(outcome, Commit):
            print(outcome.position, outcome.hash, flush=True)
            turn += 1


def write_and_wait(store: EventStore, name: str) -> None:
    """Append one command, and be killed before anybody was told."""
    (commit,) = store.append([draft(arrived("flood"), command=name)])
    print(commit.position, commit.hash, flush=True)
    sys.stdin.read()


ACTS = {
    "take-numbers": take_numbers,
    "write-on": write_on,
    "write-and-wait": write_and_wait,
    "number-on": number_on,
}

if __name__ == "__main__":
    act, engine, location, called = sys.argv[1:]
    ACTS[act](open_store(engine, location), called)
