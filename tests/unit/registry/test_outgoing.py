from __future__ import annotations

import pytest

from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import (
    LetterNotFound,
    NotInThisState,
    NotYourUnit,
    RecipientsMissing,
    SecretByEmail,
)
from saraban.contracts.letters import FileRef
from services.registry.handlers import incoming, outgoing
from tests.unit.registry.office import FLOOD, Office

REPLY = {
    "particulars": {"subject": "ตอบรับการช่วยเหลือผู้ประสบอุทกภัย", "addressee": "เลขาธิการ สพฐ."},
    "body": ["ตามที่ท่านขอความอนุเคราะห์นั้น", "จึงเรียนมาเพื่อทราบ"],
    "recipients": [{"name": "สพฐ.", "channel": "email", "address": "saraban@obec.go.th"}],
}
FAIR_COPY = FileRef(sha256="f" * 64, name="ตอบรับ.pdf", media_type="application/pdf", size=9, role="fair_copy")


def drafted(office: Office, **changes: object) -> str:
    return outgoing.draft(office.clerk, office.actor("anan"), "draft", {**REPLY, **changes})["letter_id"]


def signed(office: Office, letter_id: str) -> dict[str, object]:
    outgoing.present_draft(office.clerk, office.actor("anan"), "present", letter_id, "prasit")
    return outgoing.sign(office.clerk, office.actor("prasit"), "sign", letter_id)


def test_a_signed_letter_takes_the_next_send_number_of_its_unit():
    office = Office()

    numbered = signed(office, drafted(office))

    assert numbered["shown"] == "ศธ ๕๑๐๔/๑"
    assert numbered["dated"] == "2026-11-23"


def test_signing_twice_takes_one_number():
    office = Office()
    letter_id = drafted(office)
    first = signed(office, letter_id)

    again = outgoing.sign(office.clerk, office.actor("prasit"), "sign", letter_id)

    assert again == first
    with pytest.raises(NotInThisState):
        outgoing.sign(office.clerk, office.actor("prasit"), "another key", letter_id)


def test_only_the_head_who_was_asked_can_sign():
    office = Office()
    letter_id = drafted(office)
    outgoing.present_draft(office.clerk, office.actor("anan"), "present", letter_id, "prasit")

    with pytest.raises(NotAllowed):
        outgoing.sign(office.clerk, office.actor("malee"), "sign", letter_id)


def test_a_presented_draft_cannot_be_changed_under_the_pen_of_the_head():
    office = Office()
    letter_id = drafted(office)
    outgoing.present_draft(office.clerk, office.actor("anan"), "present", letter_id, "prasit")

    with pytest.raises(NotInThisState):
        outgoing.revise_draft(office.clerk, office.actor("anan"), "revise", letter_id, REPLY)


def test_a_returned_draft_is_revised_and_signed():
    office = Office()
    letter_id = drafted(office)
    outgoing.present_draft(office.clerk, office.actor("anan"), "present-1", letter_id, "prasit")
    outgoing.return_draft(office.clerk, office.actor("prasit"), "return", letter_id, "แก้คำลงท้าย")
    outgoing.revise_draft(office.clerk, office.actor("anan"), "revise", letter_id, REPLY)

    assert signed(office, letter_id)["number"] == 1


def test_a_draft_of_another_unit_does_not_exist_for_others():
    office = Office()
    letter_id = drafted(office)

    with pytest.raises(LetterNotFound):
        outgoing.revise_draft(office.clerk, office.actor("nida"), "revise", letter_id, REPLY)


def test_a_letter_is_sent_only_with_its_fair_copy():
    office = Office()
    letter_id = drafted(office)
    signed(office, letter_id)

    with pytest.raises(NotInThisState):
        outgoing.send(office.clerk, office.actor("anan"), "send", letter_id)

    outgoing.keep_fair_copy(office.clerk, letter_id, FAIR_COPY)
    outgoing.send(office.clerk, office.actor("anan"), "send again", letter_id)
    assert [one.type for one in office.knocks[-1].events] == ["letter.sent"]


def test_another_unit_cannot_send_our_letter():
    office = Office()
    letter_id = drafted(office)
    signed(office, letter_id)
    outgoing.keep_fair_copy(office.clerk, letter_id, FAIR_COPY)

    with pytest.raises((NotYourUnit, LetterNotFound)):
        outgoing.send(office.clerk, office.actor("nida"), "send", letter_id)


def test_a_reply_closes_the_letter_that_it_answers():
    office = Office()
    answered = incoming.receive(office.clerk, office.actor("somsri"), "c1", FLOOD, [], "licence")["letter_id"]
    letter_id = drafted(office, in_reply_to=answered)
    signed(office, letter_id)
    outgoing.keep_fair_copy(office.clerk, letter_id, FAIR_COPY)

    outgoing.send(office.clerk, office.actor("anan"), "send", letter_id)

    assert [one.type for one in office.knocks[-1].events] == ["letter.sent", "letter.closed"]


def test_a_classified_letter_does_not_go_by_email():
    office = Office()

    with pytest.raises(SecretByEmail):
        drafted(office, particulars={**REPLY["particulars"], "secrecy": "confidential"})


@pytest.mark.parametrize("recipients", [[], [{"name": "สพฐ.", "channel": "email", "address": "ไม่ใช่อีเมล"}]])
def test_a_letter_needs_someone_who_can_be_reached(recipients):
    office = Office()

    with pytest.raises(RecipientsMissing):
        drafted(office, recipients=recipients)
