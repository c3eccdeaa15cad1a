from __future__ import annotations

from datetime import UTC, datetime

import pytest

from saraban.contracts import ids
from saraban.contracts.errors.letters import AlreadyRegistered, LetterNotFound, OtherContentForKey, SubjectMissing
from saraban.contracts.events import registry as said
from services.registry.handlers import incoming
from tests.unit.registry.office import FLOOD, Office


def receive(office: Office, command_id: str, officer: str = "somsri", **changes: str) -> dict[str, object]:
    return incoming.receive(office.clerk, office.actor(officer), command_id, {**FLOOD, **changes}, [], None)


def test_numbers_run_from_one_without_a_gap():
    office = Office()

    shown = [receive(office, f"c{n}")["shown"] for n in range(1, 4)]

    assert shown == ["1/2569", "2/2569", "3/2569"]


def test_the_same_command_again_answers_the_first_number():
    office = Office()
    first = receive(office, "monday")

    again = receive(office, "monday")

    assert again == first
    assert receive(office, "tuesday")["number"] == 2


def test_the_same_key_with_other_content_is_refused():
    office = Office()
    receive(office, "monday")

    with pytest.raises(OtherContentForKey):
        receive(office, "monday", subject="เรื่องอื่น")


def test_a_refused_letter_takes_no_number():
    office = Office()

    with pytest.raises(SubjectMissing):
        receive(office, "c1", subject="  ")

    assert receive(office, "c2")["number"] == 1


def test_numbers_begin_anew_at_bangkok_new_year():
    office = Office()
    office.clock.moment = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    last_of_the_year = receive(office, "c1")["shown"]
    office.clock.moment = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)

    first_of_the_year = receive(office, "c2")["shown"]

    assert (last_of_the_year, first_of_the_year) == ("1/2569", "1/2570")


def test_a_book_may_start_in_mid_year():
    office = Office()
    book = ids.book_id("central", "receive", 2569)
    started = said.BookStarted(book_id=book, start_number=4312, reason="เริ่มใช้ระบบกลางปี")
    office.say("start", [(ids.book_notes_stream(book), started)])

    assert [receive(office, f"c{n}")["number"] for n in range(2)] == [4312, 4313]


def test_a_voided_number_is_never_given_out_again():
    office = Office()
    clerk = office.actor("somsri")
    letter_id = receive(office, "c1")["letter_id"]

    incoming.void(office.clerk, clerk, "void", letter_id, "ลงทะเบียนซ้ำ")

    assert receive(office, "c2")["number"] == 2
    assert incoming.register(office.clerk, clerk, "again", letter_id, None, None)["number"] == 3


def test_a_unit_numbers_in_its_own_book_what_the_centre_numbered_already():
    office = Office()
    letter_id = receive(office, "c1")["letter_id"]
    receive(office, "c2")
    office.say("open", [(ids.letter_stream(letter_id), circulated_to_licence(letter_id))])

    registered = incoming.register(office.clerk, office.actor("malee"), "unit", letter_id, None, None)

    assert registered["shown"] == "1/2569"
    with pytest.raises(AlreadyRegistered):
        incoming.register(office.clerk, office.actor("malee"), "twice", letter_id, None, None)


def test_a_unit_that_may_not_see_a_letter_cannot_number_it():
    office = Office()
    letter_id = receive(office, "c1")["letter_id"]

    with pytest.raises(LetterNotFound):
        incoming.register(office.clerk, office.actor("malee"), "unit", letter_id, None, None)


def circulated_to_licence(letter_id: str) -> object:
    from saraban.contracts.events.routing import Addressee, LetterCirculated, Reader

    return LetterCirculated(
        letter_id=letter_id,
        circulation_id="c",
        addressees=(Addressee(kind="unit", id="licence"),),
        readers=(Reader(officer_id="anan", via="licence"),),
    )
