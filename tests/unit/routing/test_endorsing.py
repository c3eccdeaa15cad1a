from __future__ import annotations

import pytest

from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.dates import NoSuchDay
from saraban.contracts.errors.letters import LetterNotFound, NotInThisState, UnknownChoice
from saraban.contracts.errors.routing import (
    AddresseeWithoutOrder,
    EndorsementEmpty,
    MayNotOrder,
    NotNumbered,
    OrderWithoutAddressee,
)
from saraban.contracts.events.registry import LetterClosed
from tests.builders import arrived
from tests.unit.routing.office import Office

LICENCE = {"kind": "unit", "id": "licence"}
NIDA = {"kind": "officer", "id": "nida"}


def office_with_letter(*to):
    office = Office()
    office.receive()
    office.circulate(*(to or ("unit:licence",)))
    return office


def test_an_endorsement_stands_on_the_letter_with_name_and_time():
    office = office_with_letter()

    office.endorse("anan", "เห็นควรช่วยเหลือ")

    [endorsement] = office.circulation()["endorsements"]
    assert (endorsement["name"], endorsement["text"]) == ("นายอนันต์ ทะเบียน", "เห็นควรช่วยเหลือ")


def test_an_endorsement_is_kept_in_one_spelling():
    office = office_with_letter()

    office.endorse("anan", " นํ้าท่วม ")

    assert office.circulation()["endorsements"][0]["text"] == "น้ำท่วม"


def test_endorsements_stand_in_the_order_in_which_they_were_written():
    office = office_with_letter()

    for text in ("หนึ่ง", "สอง", "สาม"):
        office.endorse("anan", text)

    assert [one["text"] for one in office.circulation()["endorsements"]] == ["หนึ่ง", "สอง", "สาม"]


def test_an_endorsement_says_something():
    office = office_with_letter()

    with pytest.raises(EndorsementEmpty):
        office.endorse("anan", "  ")


def test_an_auditor_looks_and_does_not_write():
    office = office_with_letter()

    with pytest.raises(NotAllowed):
        office.endorse("truajta", "ทราบ")


def test_a_letter_in_the_tray_is_not_endorsed():
    office = Office()
    office.say_of("flood", arrived())

    with pytest.raises(NotNumbered):
        office.endorse("somsri", "ทราบ")


def test_an_order_of_a_head_goes_to_the_officer_who_must_act():
    office = office_with_letter()

    answer = office.endorse("prasit", "โปรดสำรวจความเสียหาย", order="assign", to=NIDA, due="30 พ.ย. 2569")

    [row] = office.inbox("nida", "actions")["rows"]
    assert row["actions"] == [
        {
            "action_id": answer["action_id"],
            "order": "assign",
            "text": "โปรดสำรวจความเสียหาย",
            "due": "2026-11-30",
            "done_at": None,
        }
    ]


def test_whoever_is_ordered_becomes_a_reader():
    office = office_with_letter()

    office.endorse("prasit", "โปรดให้ความเห็น", order="assign", to=NIDA)

    assert office.subjects("nida") == ["ขอความอนุเคราะห์ช่วยเหลือครูผู้ประสบอุทกภัย"]
    assert office.inbox("nida")["rows"][0]["note"] == "โปรดให้ความเห็น"


def test_a_reader_who_is_ordered_stays_one_reader():
    office = office_with_letter("unit:licence", "officer:nida")
    office.acknowledge("nida")

    office.endorse("prasit", "โปรดให้ความเห็น", order="assign", to=NIDA)

    assert office.circulation()["counts"] == {"all": 5, "read": 1, "acknowledged": 1}


def test_an_order_to_a_unit_is_before_everyone_in_it():
    office = office_with_letter("officer:prasit")

    office.endorse("prasit", order="approve", to=LICENCE)

    assert [office.inbox(one)["counts"]["actions"] for one in ("malee", "anan", "kanya", "nida")] == [1, 1, 1, 0]


def test_an_order_needs_no_words():
    office = office_with_letter()

    answer = office.endorse("prasit", order="note", to=NIDA)

    assert answer["endorsement_id"] is None
    assert office.circulation()["actions"][0]["order"] == "note"


def test_an_officer_endorses_but_does_not_order():
    office = office_with_letter()

    with pytest.raises(MayNotOrder):
        office.endorse("anan", "โปรดดำเนินการ", order="assign", to=NIDA)


def test_the_central_registry_orders_too():
    office = office_with_letter()

    assert office.endorse("somsri", order="assign", to=LICENCE)["action_id"]


def test_an_order_says_who_must_act():
    office = office_with_letter()

    with pytest.raises(OrderWithoutAddressee):
        office.endorse("prasit", "อนุมัติ", order="approve")


def test_an_addressee_is_told_what_to_do():
    office = office_with_letter()

    with pytest.raises(AddresseeWithoutOrder):
        office.endorse("prasit", "ทราบ", to=NIDA)


def test_an_unknown_order_is_refused_with_the_choices():
    office = office_with_letter()

    with pytest.raises(UnknownChoice) as refused:
        office.endorse("prasit", "ทราบ", order="fly", to=NIDA)

    assert "assign" in refused.value.detail["choices"]


def test_a_due_date_is_a_day_of_the_calendar():
    office = office_with_letter()

    with pytest.raises(NoSuchDay):
        office.endorse("prasit", "ด่วน", order="assign", to=NIDA, due="31 พ.ย. 2569")


def test_nothing_is_ordered_on_a_closed_letter():
    office = office_with_letter()
    office.say_of("flood", LetterClosed(letter_id="flood", reason="ตอบแล้ว"))

    with pytest.raises(NotInThisState):
        office.endorse("prasit", "ด่วน", order="assign", to=NIDA)


def test_who_may_not_see_the_letter_cannot_endorse_it():
    office = office_with_letter("officer:nida")

    with pytest.raises(LetterNotFound):
        office.endorse("anan", "ทราบ")
