from __future__ import annotations

import threading

import pytest

from saraban.contracts import ids
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreFull, VersionConflict
from saraban.contracts.events import registry as said
from services.registry.handlers.record import record
from tests.unit.registry.office import Office

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
