"""A circular to several hundred officers: everyone of them is told of, and who has not read it, unit by unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saraban.contracts import ids
from saraban.contracts.actor import Actor
from saraban.contracts.errors.letters import LetterNotFound, UnknownChoice
from saraban.contracts.events.registry import ClassifiedLetterRead, OfficerAppointed, UnitAdded
from services.routing import handlers
from services.routing.views.touched import changed
from tests.builders import actor
from tests.unit.routing.office import Office

PROVINCES = {"songkhla": ("จังหวัดสงขลา", 180), "yala": ("จังหวัดยะลา", 70)}


def circular_to_provinces(*more: str) -> Office:
    office = Office()
    for unit_id, (name, size) in PROVINCES.items():
        office.say(ids.ORGANISATION_STREAM, *people_of(unit_id, name, size))
    office.receive()
    office.circulate(*(f"unit:{unit_id}" for unit_id in PROVINCES), *more)
    return office


def people_of(unit_id: str, name: str, size: int) -> list[object]:
    unit = UnitAdded(unit_id=unit_id, parent_id=None, name=name, short_name="", code="", central=False)
    return [unit, *(teacher(f"{unit_id}-{n:03d}", unit_id) for n in range(size))]


def teacher(officer_id: str, unit_id: str) -> OfficerAppointed:
    return OfficerAppointed(
        officer_id=officer_id,
        login=officer_id,
        name=f"ครู {officer_id}",
        title="ครู",
        unit_id=unit_id,
        roles=("officer",),
        clearance=0,
    )


def acting_as(officer_id: str, unit_id: str) -> Actor:
    keys = (f"officer:{officer_id}", f"unit:{unit_id}")
    return replace(actor("nida"), officer_id=officer_id, login=officer_id, unit_id=unit_id, keys=keys)


def reads(office: Office, officer_id: str) -> None:
    who = acting_as(officer_id, officer_id.split("-", maxsplit=1)[0])
    handlers.mark_read(office.desk, who, office.command_id(), "flood")


def pages(ask, **which) -> list[dict]:
    """All rows of a list, however many pages it has."""
    rows, place = [], None
    while True:
        page = ask(continue_from=place, **which)
        rows, place = [*rows, *page["rows"]], page["next"]
        if place is None:
            return rows


def test_everyone_who_has_the_letter_is_told_page_by_page():
    office = circular_to_provinces("officer:nida")

    rows = pages(office.readers, limit=100)

    assert len(rows) == len({row["officer_id"] for row in rows}) == 251


def test_those_of_one_unit_who_have_not_read_it_are_told_completely():
    office = circular_to_provinces()
    for n in range(3):
        reads(office, f"yala-{n:03d}")

    rows = pages(office.readers, state="unread", unit_id="yala", limit=50)

    assert {row["officer_id"] for row in rows} == {f"yala-{n:03d}" for n in range(3, 70)}


def test_those_named_themselves_are_asked_for_by_that():
    office = circular_to_provinces("officer:nida")

    assert [row["officer_id"] for row in office.readers(unit_id="by_name")["rows"]] == ["nida"]


def test_the_counts_of_the_units_are_those_of_the_whole():
    office = circular_to_provinces("officer:nida")
    reads(office, "songkhla-007")
    office.acknowledge("nida")

    told = office.circulation()

    assert [(one["unit_id"], one["all"], one["unread"]) for one in told["units"]] == [
        ("songkhla", 180, 179),
        ("yala", 70, 70),
        ("by_name", 1, 0),
    ]
    assert told["counts"] == {"all": 251, "read": 2, "acknowledged": 1}


def test_a_unit_that_may_see_the_letter_but_has_no_readers_is_not_counted():
    office = circular_to_provinces()

    assert "central" not in {one["unit_id"] for one in office.circulation()["units"]}


def test_who_may_not_see_the_letter_is_told_of_no_reader():
    office = circular_to_provinces()

    with pytest.raises(LetterNotFound):
        office.readers("anan")


def test_an_unknown_state_is_refused():
    office = circular_to_provinces()

    with pytest.raises(UnknownChoice):
        office.readers(state="asleep")


def test_the_history_of_a_circular_can_be_read_whole_from_either_end():
    office = circular_to_provinces()
    for n in range(60):
        reads(office, f"songkhla-{n:03d}")

    forward = [row["version"] for row in pages(office.history, limit=25)]
    backward = [row["version"] for row in pages(office.history, limit=25, newest_first=True)]

    assert forward == list(range(1, 64))
    assert backward == forward[::-1]


def test_open_pages_are_told_of_letters_that_moved_on_but_not_of_new_ones():
    office = Office()
    office.receive("flood")
    office.desk.follower.sweep()
    office.told.clear()

    office.receive("drought", number=2)
    position = office.circulate("officer:nida")["position"]

    assert changed(office.told) == {"flood": position}


def test_a_look_at_a_classified_letter_does_not_make_open_pages_look_again():
    office = Office()
    office.receive()
    office.desk.follower.sweep()
    office.told.clear()

    office.say_of("flood", ClassifiedLetterRead(letter_id="flood", officer_id="wichai", what="page"))
    office.desk.follower.sweep()

    assert changed(office.told) == {}
