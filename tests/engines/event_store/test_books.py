"""Registers under any interleaving of writers: the numbers given out are 1..n, each once, whatever is voided."""

from __future__ import annotations

import tempfile

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from saraban.contracts.commit import Commit, RecordedEvent
from saraban.contracts.ids import book_notes_stream, book_stream
from tests.engines.event_store.engines import Log
from tests.engines.event_store.letters import arrived, draft, numbered

BOOK_ID = "central:receive:2569"
BOOK, NOTES = book_stream(BOOK_ID), book_notes_stream(BOOK_ID)

clerks = st.sampled_from(["somsri", "wichai", "malee"])


class Register(RuleBasedStateMachine):
    """Clerks who each believe in the versions that they last saw, and act on them at any time."""

    engine = "memory"

    @initialize()
    def open_the_office(self):
        self.folder = tempfile.TemporaryDirectory()
        self.log = Log(self.engine, self.folder.name)
        self.store = self.log.open()
        self.belief = {}
        self.given = []
        self.voided = set()
        self.done = []
        self.letters = 0

    @rule(clerk=clerks)
    def look(self, clerk):
        self.belief[clerk] = self.log.open().versions([BOOK, NOTES])

    @rule(clerk=clerks)
    def issue(self, clerk):
        self.letters += 1
        letter = f"letter-{self.letters}"
        next_number = self.believed(clerk, BOOK) + 1
        self.write(clerk, arrived(letter), numbered(next_number, letter, BOOK))

    @rule(clerk=clerks, size=st.integers(1, 5))
    def reserve(self, clerk, size):
        first = self.believed(clerk, BOOK) + 1
        self.write(clerk, *[numbered(first + step, "reserved", BOOK) for step in range(size)])

    @rule(clerk=clerks, choice=st.randoms(use_true_random=False))
    def void(self, clerk, choice):
        if self.given:
            number = choice.choice(self.given)
            note = RecordedEvent(
                stream=NOTES,
                version=self.believed(clerk, NOTES) + 1,
                type="book.number_voided",
                type_version=1,
                data={"number": number},
            )
            if self.write(clerk, note):
                self.voided.add(number)

    @rule(choice=st.randoms(use_true_random=False))
    def repeat_an_old_command(self, choice):
        if self.done:
            old, first = choice.choice(self.done)
            assert self.store.append([old]) == [first]

    @rule(letters=st.integers(1, 4))
    def issue_together(self, letters):
        """All clerks want the same next number in one batch: the first one gets it."""
        wanted = self.store.versions([BOOK])[BOOK] + 1
        outcomes = self.store.append([draft(numbered(wanted, f"race-{turn}", BOOK)) for turn in range(letters)])
        assert [isinstance(outcome, Commit) for outcome in outcomes] == [True] + [False] * (letters - 1)
        self.given.append(wanted)

    @rule()
    def open_again(self):
        self.store = self.log.open()

    @invariant()
    def numbers_run_from_one_without_gap_or_repeat(self):
        if hasattr(self, "store"):
            versions = [event.version for event in self.store.stream(BOOK)]
            assert versions == list(range(1, len(versions) + 1))
            assert sorted(self.given) == versions

    @invariant()
    def voided_numbers_stay_in_the_register(self):
        if hasattr(self, "store"):
            noted = {event.data["number"] for event in self.store.stream(NOTES)}
            assert noted == self.voided
            assert noted <= set(self.given)

    @invariant()
    def positions_run_from_one_without_gap(self):
        if hasattr(self, "store"):
            positions = [commit.position for commit in self.store.read(0, 10_000)]
            assert positions == list(range(1, len(positions) + 1))

    def teardown(self):
        if hasattr(self, "log"):
            self.log.close()
            self.folder.cleanup()

    def believed(self, clerk, stream):
        return self.belief.get(clerk, {}).get(stream, 0)

    def write(self, clerk, *events):
        wanted = draft(*events)
        (outcome,) = self.store.append([wanted])
        if not isinstance(outcome, Commit):
            self.look(clerk)
            return False
        self.given += [event.version for event in events if event.stream == BOOK]
        self.done.append((wanted, outcome))
        return True


class MongoRegister(Register):
    """The same on MongoDB, likewise."""

    engine = "mongodb"


class SqliteRegister(Register):
    """The same on SQLite, with several handles on one file."""

    engine = "sqlite"


TestRegisterInMemory = Register.TestCase
TestRegisterInMemory.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestRegisterInSqlite = SqliteRegister.TestCase
TestRegisterInSqlite.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestRegisterInMongo = pytest.mark.servers(MongoRegister.TestCase)
TestRegisterInMongo.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
