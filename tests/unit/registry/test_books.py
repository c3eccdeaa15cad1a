from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saraban.contracts import ids
from saraban.contracts.errors.letters import NotYourUnit, ReasonMissing, UnknownChoice
from services.registry.handlers import books, incoming
from tests.unit.registry.office import FLOOD, Office

BOOK = ids.book_stream(ids.book_id("central", "receive", 2569))
BLOCK = {"kind": "receive", "count": 3, "reason": "หนังสือด่วนนอกเวลา", "expires": "31 ธ.ค. 2569"}


def reserve(office: Office, command_id: str, officer: str = "somsri", **changes):
    told = {**BLOCK, **changes}
    return books.reserve_numbers(office.clerk, office.actor(officer), command_id, "central", **told)


def receive(office: Office, command_id: str):
    return incoming.receive(office.clerk, office.actor("somsri"), command_id, FLOOD, [], None)


def test_a_reserved_block_is_jumped_over():
    office = Office()
    receive(office, "c1")

    block = reserve(office, "c2")["numbers"]

    assert block == [2, 3, 4]
    assert receive(office, "c3")["number"] == 5


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"reason": " "}, ReasonMissing), ({"count": 0}, UnknownChoice), ({"kind": "none"}, UnknownChoice)],
)
def test_a_block_that_makes_no_sense_is_refused(changes, error):
    with pytest.raises(error):
        reserve(Office(), "c1", **changes)


def test_a_unit_reserves_only_in_its_own_book():
    with pytest.raises(NotYourUnit):
        reserve(Office(), "c1", officer="malee")


acts = st.lists(st.sampled_from(["issue", "void", "reserve"]), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None)
@given(st.lists(acts, min_size=2, max_size=4))
def test_any_interleaving_of_many_writers_leaves_one_to_n(told):
    office = Office()
    offices = [office, Office(store=office.store)]
    given_out: list[int] = []

    def writer(who: int, its_acts: list[str]) -> None:
        mine = offices[who % 2]
        for place, act in enumerate(its_acts):
            command_id = f"{who}-{place}"
            if act == "reserve":
                given_out.extend(reserve(mine, command_id, count=2)["numbers"])
                continue
            received = receive(mine, command_id)
            given_out.append(received["number"])
            if act == "void":
                incoming.void(mine.clerk, mine.actor("somsri"), f"void-{command_id}", received["letter_id"], "ซ้ำ")

    threads = [threading.Thread(target=writer, args=each) for each in enumerate(told)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(given_out) == list(range(1, len(given_out) + 1))
    assert [event.version for event in office.store.stream(BOOK)] == sorted(given_out)
