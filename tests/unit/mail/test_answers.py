"""What comes back for letters that we sent: receipts, answers, bounces."""

from __future__ import annotations

import pytest

from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import LetterNotFound
from saraban.contracts.errors.mail import DeliveryUnknown
from saraban.contracts.events import mail as said
from saraban.contracts.events.registry import LetterArrived
from services.mail.handlers.outgoing.sending import send_waiting
from services.mail.tokens import delivery_key, message_id, receipt_key, shown_token
from services.mail.views.deliveries import outgoing
from tests.unit.mail.clerk_acts import match_receipt
from tests.unit.mail.letters_by_mail import PDF, mail, multipart, part, words
from tests.unit.mail.office import OBEC, MailOffice

OUR_ID = message_id(delivery_key("reply-1"), "saraban.mail.go.th").encode()
ANSWERS = b"In-Reply-To: " + OUR_ID + b"\r\n"
RECEIVED = "ได้รับแล้ว เลขรับ 123/2569".encode()


@pytest.fixture
def office() -> MailOffice:
    office = MailOffice()
    office.send_letter(OBEC, "saraban@moe.go.th")
    send_waiting(office.desk)
    return office


def became(office: MailOffice) -> list[str]:
    return [one.became for one in office.named(said.MailFetched)]


def test_an_answer_with_their_number_registers_the_delivery(office: MailOffice) -> None:
    office.take(mail(fields=ANSWERS, body=RECEIVED))

    first, second = office.rows()
    assert (first["state"], first["their_number"]) == ("registered", "123/2569")
    assert second["state"] == "handed_over"
    (matched,) = office.named(said.ReceiptMatched)
    assert (matched.matched_by, matched.words) == ("in_reply_to", "ได้รับแล้ว เลขรับ 123/2569")
    assert became(office) == ["receipt"]


@pytest.mark.parametrize(
    ("raw", "matched_by"),
    [
        pytest.param(
            mail(fields=b"References: <x@y> " + OUR_ID + b"\r\n", body=RECEIVED), "in_reply_to", id="references"
        ),
        pytest.param(
            mail(body=RECEIVED + b"\r\n\r\n> " + shown_token(delivery_key("reply-1")).encode()),
            "token",
            id="in the text",
        ),
        pytest.param(mail(subject=b"Re: " + OUR_ID, body=RECEIVED), "token", id="in the subject"),
        pytest.param(
            mail(fields=b"Cc: ksp+" + OUR_ID[1:].split(b"@")[0] + b"@saraban.mail.go.th\r\n", body=RECEIVED),
            "token",
            id="behind a plus sign",
        ),
        pytest.param(
            mail(subject="ตอบรับหนังสือ ที่ ศธ 5104/1".encode(), body=RECEIVED), "letter_number", id="letter number"
        ),
        pytest.param(
            mail(sender=b"somebody@obec.go.th", body="ได้รับหนังสือที่ศธ ๕๑๐๔/๑ แล้ว เลขรับ 123/2569".encode()),
            "letter_number",
            id="letter number, from another address there",
        ),
    ],
)
def test_a_receipt_finds_its_delivery(office: MailOffice, raw: bytes, matched_by: str) -> None:
    office.take(raw)

    assert [(one.delivery_id, one.matched_by) for one in office.named(said.ReceiptMatched)] == [("reply-1", matched_by)]
    assert office.rows()[0]["their_number"] == "123/2569"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            mail(sender=b"stranger@example.com", body="ได้รับหนังสือ ศธ ๕๑๐๔/๑ แล้ว เลขรับ 1".encode()), id="stranger"
        ),
        pytest.param(mail(body="ขอหารือตามหนังสือ ศธ ๕๑๐๔/๑".encode()), id="only names the number"),
        pytest.param(mail(body="ได้รับหนังสือ ศธ ๕๑๐๔/๑๒ แล้ว".encode()), id="another number"),
        pytest.param(mail(body="ได้รับหนังสือ ศธ ๕๑๐๔/ว๑ แล้ว".encode()), id="the circular of that number"),
        pytest.param(
            mail(fields=b"In-Reply-To: <srbn.00000000000000000000@x>\r\n", body=RECEIVED), id="no token of ours"
        ),
    ],
)
def test_what_does_not_surely_speak_of_a_delivery_becomes_a_letter_for_a_person(office: MailOffice, raw: bytes) -> None:
    office.take(raw)

    assert office.named(said.ReceiptMatched) == []
    assert became(office) == ["letter"]


def test_two_recipients_at_one_agency_are_not_guessed_between() -> None:
    office = MailOffice()
    office.send_letter("a@obec.go.th", "b@obec.go.th")
    send_waiting(office.desk)

    office.take(mail(sender=b"c@obec.go.th", subject="ตอบรับ ศธ ๕๑๐๔/๑".encode(), body=RECEIVED))

    assert office.named(said.ReceiptMatched) == []


def test_a_receipt_is_never_answered(office: MailOffice) -> None:
    before = len(office.postman.handed)

    office.take(mail(fields=ANSWERS, body=RECEIVED))
    send_waiting(office.desk)

    assert len(office.postman.handed) == before
    assert office.named(LetterArrived) == []


def test_receipts_of_another_saraban_are_understood_though_a_machine_wrote_them(office: MailOffice) -> None:
    marks = b"Auto-Submitted: auto-replied\r\nX-Saraban-Receipt: "

    office.take(mail(fields=ANSWERS + marks + b"arrived\r\n", body="ได้รับหนังสือของท่านแล้ว".encode()))
    assert office.rows()[0]["state"] == "received"

    office.take(mail(fields=ANSWERS + marks + b"registered\r\n", body="ลงทะเบียนรับแล้ว\nเลขรับ 9/2569".encode()))
    assert (office.rows()[0]["state"], office.rows()[0]["their_number"]) == ("registered", "9/2569")


def test_an_absence_note_is_no_receipt(office: MailOffice) -> None:
    office.take(
        mail(fields=ANSWERS + b"Auto-Submitted: auto-replied\r\n", body="ได้รับอีเมลของท่านแล้ว จะกลับมาวันจันทร์".encode())
    )

    assert office.rows()[0]["state"] == "handed_over"
    assert became(office) == ["automatic"]


def test_an_answer_with_a_document_is_a_letter_that_answers_ours_and_acknowledges_it(office: MailOffice) -> None:
    office.take(multipart(words("ได้รับแล้ว เลขรับ 123/2569 ขอส่งคำตอบ"), part(PDF), fields=ANSWERS))

    (arrived,) = office.named(LetterArrived)
    assert arrived.answers == "reply"
    assert office.rows()[0]["their_number"] == "123/2569"


@pytest.mark.parametrize("text", ["ได้รับแล้ว แต่ไฟล์เปิดไม่ได้ โปรดส่งใหม่", "ขอสอบถามเพิ่มเติม", "ขอบคุณครับ"])
def test_an_answer_that_a_person_must_read_is_a_letter_and_the_delivery_counts_as_received(
    office: MailOffice, text: str
) -> None:
    office.take(mail(fields=ANSWERS, body=text.encode()))

    assert [one.answers for one in office.named(LetterArrived)] == ["reply"]
    assert office.rows()[0]["state"] == "received"


def test_a_small_picture_beside_the_senders_name_makes_a_receipt_no_letter(office: MailOffice) -> None:
    office.take(multipart(words("ได้รับแล้ว เลขรับ 5"), part(b"\x89PNG", b"image/png; name=logo.png"), fields=ANSWERS))

    assert became(office) == ["receipt"]


def bounce(reference: bytes) -> bytes:
    failed = (
        b"Final-Recipient: rfc822; saraban@obec.go.th\r\nAction: failed\r\nDiagnostic-Code: smtp; 550 no such user\r\n"
    )
    return multipart(
        words("undeliverable"),
        part(b"Reporting-MTA: dns; mx\r\n\r\n" + failed, b"message/delivery-status", encode=False),
        part(b"Message-ID: " + reference + b"\r\n\r\n", b"message/rfc822", encode=False),
        kind=b"multipart/report; report-type=delivery-status",
        sender=b"MAILER-DAEMON@obec.go.th",
    )


def test_a_bounce_attaches_to_the_delivery_that_it_reports(office: MailOffice) -> None:
    office.take(bounce(OUR_ID))

    assert [(row["state"], row["reason"]) for row in office.rows()] == [
        ("bounced", "smtp; 550 no such user"),
        ("handed_over", None),
    ]
    assert office.named(LetterArrived) == []
    assert [(one.became, one.letter_id) for one in office.named(said.MailFetched)] == [("bounce", "reply")]


def test_a_bounce_after_a_receipt_does_not_take_the_receipt_back(office: MailOffice) -> None:
    office.take(mail(fields=ANSWERS, body=RECEIVED))

    office.take(bounce(OUR_ID))

    assert office.rows()[0]["state"] == "registered"


def test_a_bounced_receipt_of_ours_is_noted_with_the_letter_it_was_for() -> None:
    office = MailOffice()
    office.take(multipart(words("x"), part(PDF)))
    letter_id = office.named(LetterArrived)[0].letter_id

    office.take(bounce(message_id(receipt_key(letter_id, "arrived"), "saraban.mail.go.th").encode()))

    assert [(one.became, one.letter_id) for one in office.named(said.MailFetched)][1] == ("bounce", letter_id)


def test_our_own_mail_that_comes_back_in_a_circle_makes_no_letter(office: MailOffice) -> None:
    ours = office.postman.handed[delivery_key("reply-1")].raw

    office.take(ours)

    assert became(office) == ["automatic"]
    assert office.rows()[0]["state"] == "handed_over"


def test_an_officer_notes_a_receipt_by_hand(office: MailOffice) -> None:
    somsri = office.house.actor("somsri")

    match_receipt(office.desk, somsri, "key", "reply", "reply-2", " ๗๗ / ๒๕๖๙ ")

    assert (office.rows()[1]["state"], office.rows()[1]["their_number"]) == ("registered", "77 / 2569")
    assert office.named(said.ReceiptMatched)[0].matched_by == "hand"


def test_noting_a_receipt_twice_records_it_once(office: MailOffice) -> None:
    somsri = office.house.actor("somsri")

    first = match_receipt(office.desk, somsri, "key", "reply", "reply-2", None)
    again = match_receipt(office.desk, somsri, "key", "reply", "reply-2", None)

    assert again == first
    assert len(office.named(said.ReceiptMatched)) == 1


def test_only_the_registry_and_the_sending_unit_note_receipts(office: MailOffice) -> None:
    with pytest.raises(LetterNotFound):
        match_receipt(office.desk, office.house.actor("nida"), "key", "reply", "reply-1", None)
    with pytest.raises(DeliveryUnknown):
        match_receipt(office.desk, office.house.actor("somsri"), "key", "reply", "reply-9", None)

    match_receipt(office.desk, office.house.actor("anan"), "key", "reply", "reply-1", None)

    assert office.rows()[0]["state"] == "received"


def test_deliveries_are_seen_by_those_who_may_see_the_letter(office: MailOffice) -> None:
    assert len(office.rows(officer_id="anan")) == 2
    assert len(office.rows(officer_id="somsri")) == 2
    with pytest.raises(LetterNotFound):
        office.rows(officer_id="nida")
    with pytest.raises(LetterNotFound):
        office.rows(letter_id="no-such-letter")


def test_an_incoming_letter_has_no_deliveries(office: MailOffice) -> None:
    office.take(multipart(words("x"), part(PDF)))

    assert office.rows(letter_id=office.named(LetterArrived)[0].letter_id) == []


def listed(office: MailOffice, officer_id: str, which: str = "open", limit: int = 50) -> list[str]:
    office.desk.follower.sweep()
    rows: list[str] = []
    page = {"next": None}
    while page["next"] or not rows:
        page = outgoing(office.views, office.house.actor(officer_id), which, limit, page["next"])
        rows += [row["delivery_id"] for row in page["rows"]]
        if not page["next"]:
            break
    return rows


def test_open_deliveries_are_listed_until_they_are_answered(office: MailOffice) -> None:
    assert listed(office, "somsri", limit=1) == ["reply-2", "reply-1"]

    office.take(mail(fields=ANSWERS, body=RECEIVED))

    assert listed(office, "somsri") == ["reply-2"]
    assert listed(office, "somsri", "all") == ["reply-2", "reply-1"]


def test_the_list_of_deliveries_shows_only_what_one_may_see() -> None:
    office = MailOffice()
    office.send_letter(OBEC, secrecy="confidential")
    office.desk.follower.sweep()

    assert listed(office, "wichai") == ["reply-1"]
    assert listed(office, "somsri") == []
    assert listed(office, "nida") == []


def test_an_officer_of_no_unit_concerned_cannot_note(office: MailOffice) -> None:
    truajta = office.house.actor("somsri")
    from dataclasses import replace

    auditor = replace(truajta, roles=("auditor",), unit_id="legal", keys=("role:auditor",))

    with pytest.raises(NotAllowed):
        match_receipt(office.desk, auditor, "key", "reply", "reply-1", None)
