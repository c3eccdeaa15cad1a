from __future__ import annotations

import pytest

from saraban.contracts.errors.letters import LetterNotFound
from saraban.contracts.events import mail as said_by_mail
from saraban.contracts.events import registry as said
from saraban.contracts.letters import Particulars
from tests.builders import FLOOD, actor, registered
from tests.unit.routing.office import Office

NIDA = {"kind": "officer", "id": "nida"}


def told(office, what):
    return [row for row in office.history()["rows"] if row["what"] == what][-1]["detail"]


def test_the_history_tells_the_whole_story_in_order():
    office = Office()
    office.receive()
    office.circulate("unit:licence")
    office.mark_read("anan")
    office.acknowledge("anan")
    action_id = office.endorse("prasit", "โปรดดำเนินการ", order="assign", to=NIDA)["action_id"]

    office.action_done("nida", action_id)

    assert [(row["what"], row["who"]) for row in office.history()["rows"]] == [
        ("letter.arrived", "นางสมศรี ใจเย็น"),
        ("letter.registered", "นางสมศรี ใจเย็น"),
        ("letter.circulated", "นางสมศรี ใจเย็น"),
        ("letter.read", "นายอนันต์ ทะเบียน"),
        ("letter.acknowledged", "นายอนันต์ ทะเบียน"),
        ("letter.endorsed", "นายประสิทธิ์ มั่นคง"),
        ("letter.action_ordered", "นายประสิทธิ์ มั่นคง"),
        ("letter.action_done", "นางสาวนิดา นิติธรรม"),
    ]


def test_a_circulation_is_told_with_the_names_of_the_addressees():
    office = Office()
    office.receive()

    office.circulate("unit:legal", "officer:anan", note="โปรดทราบ")

    detail = told(office, "letter.circulated")
    assert [one["name"] for one in detail["addressees"]] == ["สำนักกฎหมาย", "นายอนันต์ ทะเบียน"]
    assert (detail["readers"], detail["note"]) == (3, "โปรดทราบ")


def test_what_was_done_is_told_with_what_was_ordered():
    office = Office()
    office.receive()
    action_id = office.endorse("somsri", order="assign", to=NIDA)["action_id"]

    office.action_done("nida", action_id, "เรียบร้อย")

    detail = told(office, "letter.action_done")
    assert (detail["order"], detail["to"]["name"], detail["note"]) == ("assign", "นางสาวนิดา นิติธรรม", "เรียบร้อย")


def test_a_registration_is_told_with_unit_and_number():
    office = Office()
    office.receive()

    office.say_of("flood", registered(unit_id="legal", number=44), by=actor("nida"))

    detail = told(office, "letter.registered")
    assert (detail["unit"], detail["shown"]) == ("สำนักกฎหมาย", "44/2569")


def test_a_correction_is_told_with_the_fields_that_changed():
    office = Office()
    office.receive()
    corrected = Particulars(
        subject="ขอความช่วยเหลือ", number=FLOOD.number, dated=FLOOD.dated, sender="กระทรวง", urgency="urgent"
    )

    office.say_of("flood", said.ParticularsCorrected(letter_id="flood", particulars=corrected))

    assert told(office, "letter.particulars_corrected")["changed"] == ["subject", "sender"]


def test_a_voided_number_is_told_with_the_reason():
    office = Office()
    office.receive()

    office.say_of(
        "flood", said.LetterVoided(letter_id="flood", book_id="central:receive:2569", number=1, reason="รับซ้ำ")
    )

    detail = told(office, "letter.voided")
    assert (detail["shown"], detail["reason"]) == ("1/2569", "รับซ้ำ")


def test_a_receipt_by_mail_is_told_with_its_address():
    office = Office()
    office.receive()

    office.say_of(
        "flood",
        said_by_mail.ReceiptSent(letter_id="flood", kind="arrived", to="saraban@obec.go.th", handed_over_as="1.eml"),
    )

    assert told(office, "letter.receipt_sent") == {"kind": "arrived", "to": "saraban@obec.go.th"}


def test_a_long_history_comes_in_pages():
    office = Office()
    office.receive()
    office.circulate("unit:licence", "unit:legal")
    first = office.history(limit=2)

    rest = office.history(continue_from=first["next"])

    assert [row["what"] for row in first["rows"] + rest["rows"]] == [
        "letter.arrived",
        "letter.registered",
        "letter.circulated",
    ]
    assert rest["next"] is None


@pytest.mark.parametrize("page", ["history", "circulation"])
def test_who_may_not_see_the_letter_sees_neither_its_history_nor_its_readers(page):
    office = Office()
    office.receive()
    office.circulate("unit:licence")

    with pytest.raises(LetterNotFound):
        getattr(office, page)("nida")
