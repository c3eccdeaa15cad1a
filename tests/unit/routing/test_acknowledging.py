from __future__ import annotations

import pytest

from saraban.contracts.errors.letters import LetterNotFound
from saraban.contracts.errors.routing import NotAReader
from tests.unit.routing.office import Office


def circulated(*to):
    office = Office()
    office.receive()
    office.circulate(*to)
    return office


def test_the_first_look_of_a_reader_is_kept_and_no_other():
    office = circulated("unit:legal")

    office.mark_read("nida")
    office.mark_read("nida")

    assert office.happened().count("letter.read") == 1


def test_a_look_of_someone_who_need_not_read_it_is_not_kept():
    office = circulated("unit:legal")

    office.mark_read("somsri")

    assert "letter.read" not in office.happened()


def test_who_acknowledges_has_read():
    office = circulated("officer:nida")

    office.acknowledge("nida")

    assert office.circulation()["counts"] == {"all": 1, "read": 1, "acknowledged": 1}
    assert office.circulation("nida")["mine"]["read_at"] is not None


def test_acknowledging_twice_is_the_same_as_once():
    office = circulated("officer:nida")
    first = office.acknowledge("nida")

    second = office.acknowledge("nida")

    assert second == first
    assert office.happened().count("letter.acknowledged") == 1


def test_the_time_of_reading_stays_when_the_letter_is_acknowledged_later():
    office = circulated("officer:nida")
    office.mark_read("nida")
    before = office.circulation("nida")["mine"]["read_at"]

    office.acknowledge("nida")

    assert office.circulation("nida")["mine"]["read_at"] == before


def test_who_sees_the_letter_without_being_a_reader_has_nothing_to_acknowledge():
    office = circulated("officer:nida")

    with pytest.raises(NotAReader):
        office.acknowledge("somsri")


def test_who_may_not_see_the_letter_finds_nothing_to_acknowledge():
    office = circulated("officer:nida")

    with pytest.raises(LetterNotFound):
        office.acknowledge("anan")


def test_it_is_known_who_has_not_read_it_yet():
    office = circulated("unit:legal", "officer:anan")

    office.mark_read("nida")

    assert sorted(office.circulation()["not_read"]) == ["นายมานพ กฎหมาย", "นายอนันต์ ทะเบียน"]


def test_readers_who_have_not_read_come_first():
    office = circulated("unit:legal", "officer:anan")

    office.acknowledge("anan")
    office.mark_read("manop")

    assert [one["officer_id"] for one in office.circulation()["readers"]] == ["nida", "manop", "anan"]


def test_readers_are_shown_with_name_and_unit():
    office = circulated("unit:legal")

    reader = office.circulation()["readers"][1]

    assert (reader["name"], reader["unit_name"], reader["via"]) == ("นางสาวนิดา นิติธรรม", "สำนักกฎหมาย", "legal")
