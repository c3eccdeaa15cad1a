from __future__ import annotations

import threading
import time

import pytest

from saraban.contracts import ids
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.letters import OtherContentForKey
from saraban.contracts.errors.log import StoreFull, VersionConflict
from saraban.contracts.events import registry as said
from services.registry.handlers.record import record
from tests.unit.registry.office import Office

NOTED = said.BookStarted(book_id="x", start_number=7, reason="moved here")
BOOK = ids.book_id("central", "receive", 2569)


def issue(office: Office, command_id: str) -> int:
    def decide(streams):
        taken = streams.version(ids.book_stream(BOOK))
        return [(ids.book_stream(BOOK), said.NumberIssued(book_id=BOOK, number=taken + 1, letter_id=command_id))]

    commit = office.clerk.pen.write(command_id, {}, "test", decide)
    return commit.events[0].data["number"]


def in_threads(work, count):
    threads = [threading.Thread(target=work, args=(n,)) for n in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def test_many_writers_take_each_number_once():
    office = Office()
    numbers: list[int] = []

    in_threads(lambda n: numbers.append(issue(office, f"c{n}")), 64)

    assert sorted(numbers) == list(range(1, 65))


def test_every_commit_is_knocked_once():
    office = Office()

    in_threads(lambda n: issue(office, f"c{n % 8}"), 32)

    positions = [commit.position for commit in office.knocks]
    assert sorted(positions) == list(range(1, 10))


def test_two_pens_on_one_log_decide_again_instead_of_doubling():
    office = Office()
    other = Office(store=office.store)
    numbers: list[int] = []

    in_threads(lambda n: numbers.append(issue(office if n % 2 else other, f"c{n}")), 40)

    assert sorted(numbers) == list(range(1, 41))


def test_a_refused_command_does_not_disturb_its_neighbours():
    office = Office()
    refused: list[Exception] = []

    def work(n):
        if n % 3:
            issue(office, f"c{n}")
            return
        try:
            office.clerk.pen.write(f"c{n}", {}, "test", lambda _: 1 / 0)
        except ZeroDivisionError as error:
            refused.append(error)

    in_threads(work, 30)

    assert len(refused) == 10
    assert office.store.versions([ids.book_stream(BOOK)])[ids.book_stream(BOOK)] == 20


def test_a_full_disk_is_told_to_everyone_and_work_goes_on_when_there_is_room():
    office = Office()
    room = office.store.append

    def full(drafts):
        raise StoreFull

    office.store.append = full
    with pytest.raises(Unavailable):
        issue(office, "c1")
    office.store.append = room

    assert issue(office, "c1") == 1


def test_a_fellow_service_that_decided_on_an_old_version_hears_of_it():
    office = Office()
    read = {"stream": "letter:1", "version": 1, "type": "letter.read", "type_version": 1, "data": {}}
    record(office.clerk, "c1", {}, None, [read])

    with pytest.raises(VersionConflict):
        record(office.clerk, "c2", {}, None, [read])


def test_a_fellow_service_that_repeats_itself_is_answered_the_same():
    office = Office()
    read = {"stream": "letter:1", "version": 1, "type": "letter.read", "type_version": 1, "data": {}}
    first = record(office.clerk, "c1", {}, None, [read])

    assert record(office.clerk, "c1", {}, None, [read]) == first


def test_a_command_that_would_be_refused_the_second_time_gets_its_first_answer_again():
    office = Office()
    pen = office.clerk.pen
    first = issue(office, "c1")

    again = pen.write("c1", {}, "test", lambda _: 1 / 0)

    assert first == again.events[0].data["number"] == 1
    with pytest.raises(OtherContentForKey):
        pen.write("c1", {}, "another test", lambda _: 1 / 0)


def test_a_command_that_would_be_decided_otherwise_the_second_time_gets_its_first_answer_again():
    office = Office()
    issue(office, "c1")
    issue(office, "c2")
    told = len(office.knocks)

    again = issue(office, "c1")

    assert again == 1
    assert len(office.knocks) == told
    with pytest.raises(OtherContentForKey):
        office.clerk.pen.write("c1", {}, "another test", lambda _: [("book-notes:x", NOTED)])


def test_while_nobody_can_tell_whether_a_refused_command_was_written_before_it_is_not_called_refused():
    office = Office()
    issue(office, "c1")

    def away(_):
        raise Unavailable({"what": "log"})

    office.store.commits_of = away
    with pytest.raises(Unavailable):
        office.clerk.pen.write("c1", {}, "test", lambda _: 1 / 0)

    assert issue(office, "c2") == 2


def test_those_who_come_together_with_a_repeated_command_get_the_numbers_behind_it():
    office = Office()
    issue(office, "c0")
    gate, append = threading.Event(), office.store.append
    office.store.append = lambda drafts: gate.wait() and append(drafts)
    numbers: dict[str, int] = {}

    def take(command_id: str) -> None:
        numbers[command_id] = issue(office, command_id)

    threads = [threading.Thread(target=take, args=(f"c{n}",)) for n in (9, 0, 1, 2, 3)]
    for one in threads:
        one.start()
        time.sleep(0.02)
    gate.set()
    for one in threads:
        one.join()

    assert numbers["c0"] == 1
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]


class Asked:
    """The questions that a pen asks its log."""

    def __init__(self, store):
        self.store, self.versions_of, self.streams = store, [], []

    def __getattr__(self, name):
        return getattr(self.store, name)

    def versions(self, names):
        self.versions_of.append(set(names))
        return self.store.versions(self.versions_of[-1])

    def stream(self, name, after=0):
        self.streams.append(name)
        return self.store.stream(name, after)


def numbered_with_notes(office: Office, command_id: str) -> int:
    """A number from a book whose notes are looked at first, and how many notes there are."""

    def decide(streams):
        streams.version("organisation")
        notes = len(streams.events("book-notes:x"))
        number = streams.version("book:x") + 1
        told = said.NumberIssued(book_id="x", number=100 * notes + number, letter_id=command_id)
        return [("book:x", told)]

    return office.clerk.pen.write(command_id, {}, "test", decide).events[0].data["number"]


def test_what_the_last_batch_wanted_to_know_is_asked_at_once_by_the_next():
    office = Office()
    asked = Asked(office.store)
    office = Office(store=asked)
    numbered_with_notes(office, "c1")
    asked.versions_of.clear()
    asked.streams.clear()

    assert numbered_with_notes(office, "c2") == 2
    assert asked.versions_of == [{"organisation", "book-notes:x", "book:x"}]
    assert asked.streams == []


def test_a_stream_that_was_empty_the_last_time_is_read_once_something_stands_in_it():
    office = Office()
    numbered_with_notes(office, "c1")
    numbered_with_notes(office, "c2")
    office.clerk.pen.write("n1", {}, "test", lambda _: [("book-notes:x", NOTED)])

    assert numbered_with_notes(office, "c3") == 103
