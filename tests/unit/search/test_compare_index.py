"""`saraban replay search` proves the index: each letter as it last changed, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saraban.ports import IndexEntry
from services.search.handlers import check_index, compare_index, replay_index
from tests.builders import FLOOD
from tests.unit.search.office import Office
from tests.unit.search.rebuilding import Counted


@pytest.fixture
def office():
    """Three letters, indexed."""
    office = Office(index=Counted())
    check_index(office.desk)
    for letter_id in ("flood", "exam", "budget"):
        office.arrive(letter_id)
    office.work()
    return office


def entry(letter_id, version):
    return IndexEntry(letter_id=letter_id, version=version, fields={}, audience=[], secrecy=0, facets={}, sort="")


def test_a_sound_index_is_alike(office):
    found = compare_index(office.desk)

    assert found.alike
    assert found.letters == 3


def test_letters_whose_indexing_is_still_due_are_taken_first(office):
    office.arrive("new")
    office.desk.follower.sweep()

    found = compare_index(office.desk)

    assert found.alike
    assert found.letters == 4


def test_missing_superfluous_and_outdated_letters_are_named(office):
    office.index.remove(["flood", "exam"])
    office.index.write([entry("exam", 1), entry("strange", 7)])

    found = compare_index(office.desk)

    assert (found.missing, found.superfluous, found.outdated) == (["flood"], ["strange"], ["exam"])
    assert not found.alike


def test_a_letter_that_cannot_be_indexed_is_not_missed(office):
    office.arrive("undated", replace(FLOOD, dated="2026-13-45"))
    office.work()

    found = compare_index(office.desk)

    assert found.alike


def test_no_more_than_twenty_letters_of_a_kind_are_named(office):
    office.index.write([entry(f"s{at:02d}", 1) for at in range(30)])

    found = compare_index(office.desk)

    assert len(found.superfluous) == 20


def test_a_replay_tells_what_was_wrong_and_puts_it_right(office):
    office.index.remove(["flood"])

    told = replay_index(office.desk, check_only=False)
    again = replay_index(office.desk, check_only=True)

    assert (told["alike"], told["missing"], told["adopted"]) == (False, ["flood"], True)
    assert (again["alike"], again["adopted"]) == (True, False)
    assert office.index.rebuilds == 1
