from __future__ import annotations

import pytest

from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import LetterNotFound, NotInThisState, TextTooLong, UnknownChoice
from saraban.contracts.errors.routing import (
    NoAddressee,
    NobodyThere,
    NotNumbered,
    UnknownOfficer,
    UnknownUnit,
)
from saraban.contracts.events import registry as said
from saraban.contracts.ids import ORGANISATION_STREAM
from saraban.contracts.letters import Particulars
from tests.builders import appointed, arrived, registered, unit_added
from tests.unit.routing.office import Office


def readers(office):
    return {one["officer_id"]: one["via"] for one in office.circulation()["readers"]}


def test_a_unit_stands_for_its_officers_of_that_moment():
    office = Office()
    office.receive()

    answer = office.circulate("unit:legal")

    assert answer["readers"] == 2
    assert readers(office) == {"manop": "legal", "nida": "legal"}


def test_an_officer_who_comes_later_is_no_reader_of_what_was_circulated_before():
    office = Office()
    office.receive()
    office.circulate("unit:legal")

    office.say(ORGANISATION_STREAM, appointed("wira", unit_id="legal"))

    assert "wira" not in readers(office)


def test_an_officer_appointed_a_moment_ago_is_among_the_readers():
    office = Office()
    office.receive()
    office.say(ORGANISATION_STREAM, appointed("wira", unit_id="legal"))

    office.circulate("unit:legal")

    assert readers(office)["wira"] == "legal"


def test_an_officer_named_and_of_an_addressed_unit_is_one_reader():
    office = Office()
    office.receive()

    answer = office.circulate("officer:nida", "unit:legal", "officer:nida")

    assert answer["readers"] == 2
    assert readers(office) == {"manop": "legal", "nida": None}


def test_circulating_again_adds_only_those_who_do_not_have_the_letter():
    office = Office()
    office.receive()
    office.circulate("unit:legal")
    office.acknowledge("nida")

    answer = office.circulate("unit:legal", "officer:nida", "officer:anan")

    assert answer["readers"] == 1
    assert office.circulation()["counts"] == {"all": 3, "read": 1, "acknowledged": 1}


def test_circulating_to_those_who_all_have_it_records_nothing():
    office = Office()
    office.receive()
    office.circulate("unit:legal")

    answer = office.circulate("unit:legal")

    assert answer["readers"] == 0
    assert office.happened().count("letter.circulated") == 1


def test_whoever_left_a_unit_gets_the_letter_in_the_new_one():
    office = Office()
    office.receive()
    office.circulate("unit:legal")
    office.mark_read("nida")
    office.say(ORGANISATION_STREAM, appointed("nida", unit_id="licence"))

    office.circulate("unit:licence")

    assert readers(office)["nida"] == "licence"
    assert office.circulation()["counts"]["read"] == 1


@pytest.mark.parametrize("circulator", ["somsri", "malee", "prasit"])
def test_the_registries_and_heads_circulate(circulator):
    office = Office()
    office.receive()
    office.circulate("unit:licence")

    assert office.circulate("officer:nida", by=circulator)["readers"] == 1


@pytest.mark.parametrize("onlooker", ["anan", "truajta"])
def test_others_who_see_the_letter_may_not_circulate_it(onlooker):
    office = Office()
    office.receive()
    office.circulate("unit:licence")

    with pytest.raises(NotAllowed):
        office.circulate("officer:nida", by=onlooker)


def test_who_may_not_see_the_letter_finds_nothing_to_circulate():
    office = Office()
    office.receive()

    with pytest.raises(LetterNotFound):
        office.circulate("officer:nida", by="manop")


def test_a_letter_that_is_not_there_looks_the_same():
    office = Office()

    with pytest.raises(LetterNotFound):
        office.circulate("officer:nida", letter_id="nowhere")


def test_a_letter_in_the_tray_is_numbered_before_it_is_circulated():
    office = Office()
    office.say_of("flood", arrived())

    with pytest.raises(NotNumbered):
        office.circulate("unit:legal")


def test_a_voided_letter_is_not_circulated():
    office = Office()
    office.receive()
    void = said.LetterVoided(letter_id="flood", book_id="central:receive:2569", number=1, reason="ซ้ำ")
    office.say_of("flood", void)

    with pytest.raises(NotInThisState):
        office.circulate("unit:legal")


def test_a_letter_voided_by_one_unit_is_circulated_under_the_number_of_another():
    office = Office()
    office.receive()
    void = said.LetterVoided(letter_id="flood", book_id="licence:receive:2569", number=7, reason="ซ้ำ")
    office.say_of("flood", registered(unit_id="licence", number=7), void)

    assert office.circulate("unit:legal")["readers"] == 2


def test_a_signed_letter_of_our_own_is_circulated():
    office = Office()
    office.say_of("reply", *_signed_reply())

    assert office.circulate("unit:legal", letter_id="reply")["readers"] == 2


def test_a_draft_is_not_circulated():
    office = Office()
    office.say_of("reply", _signed_reply()[0])

    with pytest.raises(NotNumbered):
        office.circulate("unit:legal", by="malee", letter_id="reply")


def test_an_unknown_unit_is_refused_by_its_id():
    office = Office()
    office.receive()

    with pytest.raises(UnknownUnit) as refused:
        office.circulate("unit:navy")

    assert refused.value.detail["unit_id"] == "navy"


def test_an_unknown_officer_is_refused_by_their_id():
    office = Office()
    office.receive()

    with pytest.raises(UnknownOfficer) as refused:
        office.circulate("unit:legal", "officer:nobody")

    assert refused.value.detail["officer_id"] == "nobody"


def test_an_addressee_is_a_unit_or_an_officer():
    office = Office()
    office.receive()

    with pytest.raises(UnknownChoice):
        office.circulate("committee:1")


def test_a_circulation_names_somebody():
    office = Office()
    office.receive()

    with pytest.raises(NoAddressee):
        office.circulate()


def test_a_unit_without_officers_cannot_be_circulated_to():
    office = Office()
    office.receive()
    office.say(ORGANISATION_STREAM, unit_added("archive", name="หอจดหมายเหตุ"))

    with pytest.raises(NobodyThere) as refused:
        office.circulate("unit:archive")

    assert refused.value.detail["units"] == "หอจดหมายเหตุ"


def test_a_note_longer_than_a_page_is_refused():
    office = Office()
    office.receive()

    with pytest.raises(TextTooLong):
        office.circulate("unit:legal", note="ก" * 10_001)


def _signed_reply():
    particulars = Particulars(subject="แจ้งผลการช่วยเหลือครู")
    return (
        said.LetterDrafted(
            letter_id="reply", unit_id="licence", drafted_by="anan", particulars=particulars, body=("…",), recipients=()
        ),
        said.DraftPresented(letter_id="reply", to_officer_id="prasit"),
        said.LetterSigned(letter_id="reply", officer_id="prasit", name="ประสิทธิ์", title="ผอ.", content_hash="0" * 64),
        said.LetterNumbered(
            letter_id="reply",
            unit_id="licence",
            book_id="licence:send:2569",
            number=1,
            shown="ศธ ๕๑๐๔/๑",
            dated="2026-11-24",
        ),
    )
