from __future__ import annotations

import hashlib

import pytest

from saraban.claims import claimed
from saraban.contracts.errors.broker import ServiceAway
from saraban.contracts.errors.log import StoreFull
from saraban.contracts.errors.mail import RecipientNotMailable
from saraban.contracts.events import mail as said
from saraban.contracts.events.registry import LetterArrived
from services.mail.domain.waits import WAITS
from services.mail.handlers.outgoing.sending import PATIENCE, send_waiting
from services.mail.tokens import delivery_key, message_id
from tests.unit.mail.letters_by_mail import PDF, SUBJECT, mail, multipart, part, understood, words
from tests.unit.mail.office import OBEC, MailOffice

LETTER = multipart(words("ส่งมาเพื่อทราบ"), part(PDF), subject=f"ที่ ศธ ๐๔๐๐๙/๑๒๓ {SUBJECT}".encode())
CLASSIFIED = mail(subject="(ลับ) ที่ ศธ ๐๔๐๐๙/๑๒๔ รายชื่อผู้ถูกสอบสวน".encode(), body=b"x")


@pytest.fixture
def office() -> MailOffice:
    return MailOffice()


def sent(office: MailOffice) -> list[object]:
    return [understood(one.raw) for one in office.postman.handed.values()]


def letter_id(office: MailOffice) -> str:
    return office.named(LetterArrived)[0].letter_id


def test_the_sender_is_told_at_once_that_a_letter_came(office: MailOffice) -> None:
    office.take(LETTER)

    send_waiting(office.desk)

    (handed,) = office.postman.handed.values()
    read = understood(handed.raw)
    assert handed.recipients == (OBEC,)
    assert read.subject == f"ตอบรับหนังสือ ศธ ๐๔๐๐๙/๑๒๓ {SUBJECT}"
    assert "ได้รับหนังสือของท่าน" in read.text
    assert read.referred_ids == ("<flood@obec.go.th>",)
    assert read.sender.address == "ksp@saraban.mail.go.th"
    assert read.automatic
    assert [(one.kind, one.to) for one in office.named(said.ReceiptSent)] == [("arrived", OBEC)]


def test_after_numbering_the_sender_is_told_the_receive_number(office: MailOffice) -> None:
    office.take(LETTER)
    send_waiting(office.desk)

    shown = office.register(letter_id(office))
    send_waiting(office.desk)

    second = understood(list(office.postman.handed.values())[1].raw)
    assert f"เลขรับ {shown}" in second.text
    assert [one.kind for one in office.named(said.ReceiptSent)] == ["arrived", "registered"]


def test_a_letter_that_a_unit_registers_again_brings_no_third_mail(office: MailOffice) -> None:
    from services.registry.handlers import incoming

    office.take(LETTER)
    office.register(letter_id(office))
    send_waiting(office.desk)
    malee = office.house.actor("malee")
    office.house.clerk.write(
        "circulate",
        malee,
        "test",
        lambda _: [(f"letter:{letter_id(office)}", _circulated(letter_id(office)))],
    )
    incoming.register(office.house.clerk, malee, "again", letter_id(office), None, unit_id=None)

    assert send_waiting(office.desk) == 0
    assert len(office.postman.handed) == 2


def _circulated(letter: str) -> object:
    from saraban.contracts.events.routing import Addressee, LetterCirculated

    to = (Addressee(kind="unit", id="licence"),)
    return LetterCirculated(letter_id=letter, circulation_id="c", addressees=to, readers=())


def test_a_receipt_for_a_classified_letter_does_not_tell_what_it_is_about(office: MailOffice) -> None:
    office.take(CLASSIFIED)

    send_waiting(office.desk)

    (read,) = sent(office)
    assert "ศธ ๐๔๐๐๙/๑๒๔" in read.subject
    assert "สอบสวน" not in read.subject + read.text


@pytest.mark.parametrize(
    "raw",
    [
        mail(sender=b"no-reply@obec.go.th", body=b"a letter"),
        multipart(words("x"), part(PDF), fields=b"Auto-Submitted: auto-generated\r\n"),
        mail(fields=b"Auto-Submitted: auto-replied\r\n", body=b"away"),
        mail(sender=b"mailer-daemon@obec.go.th", body=b"undeliverable"),
        mail(kind=b"multipart/mixed", body=b"broken"),
    ],
)
def test_what_must_not_be_answered_gets_no_receipt(office: MailOffice, raw: bytes) -> None:
    office.take(raw)

    send_waiting(office.desk)

    assert office.postman.handed == {}


def test_a_letter_goes_to_each_recipient_with_its_fair_copy(office: MailOffice) -> None:
    office.send_letter(OBEC, "saraban@moe.go.th")

    assert send_waiting(office.desk) == 2

    first, second = office.postman.handed.values()
    read = understood(first.raw)
    assert (first.recipients, second.recipients) == ((OBEC,), ("saraban@moe.go.th",))
    assert [(one.name, one.data) for one in read.attachments] == [("ศธ ๕๑๐๔-๑.pdf", PDF)]
    assert read.subject == "ที่ ศธ ๕๑๐๔/๑ ตอบข้อหารือเรื่องน้ำท่วม"
    assert "โปรดตอบรับ" in read.text
    assert "แจ้งเลขรับ" in read.text
    assert read.reply_to == "ksp@saraban.mail.go.th"
    assert read.message_id == message_id(delivery_key("reply-1"), "saraban.mail.go.th")


def test_the_name_of_the_fair_copy_travels_in_utf_8_on_one_line(office: MailOffice) -> None:
    office.send_letter(OBEC)

    send_waiting(office.desk)

    (handed,) = office.postman.handed.values()
    assert b"filename*=UTF-8''%E0%B8%A8%E0%B8%98%20%E0%B9%95" in handed.raw
    assert all(len(line) <= 998 for line in handed.raw.splitlines())
    assert b"From: \r\n" not in handed.raw


def test_a_delivery_shows_where_it_stands(office: MailOffice) -> None:
    office.send_letter(OBEC)
    assert [row["state"] for row in office.rows()] == ["queued"]

    send_waiting(office.desk)

    assert [(row["state"], row["address"], row["tries"]) for row in office.rows()] == [("handed_over", OBEC, 0)]


def test_nothing_goes_out_twice(office: MailOffice) -> None:
    office.take(LETTER)
    office.send_letter(OBEC)
    send_waiting(office.desk)
    before = office.events()

    assert send_waiting(office.desk) == 0

    assert office.events() == before


def test_a_view_that_is_behind_the_log_sends_nothing_again(office: MailOffice) -> None:
    """A process that was killed before it took up what it had told the log."""
    from saraban.engines.views.memory import MemoryViews

    office.send_letter(OBEC)
    send_waiting(office.desk)
    office.postman.handed.clear()
    office.views = MemoryViews()
    office.restart()

    assert send_waiting(office.desk) == 0
    assert office.postman.handed == {}


def test_a_mail_that_cannot_leave_now_waits_longer_each_time_and_leaves_later(office: MailOffice) -> None:
    office.send_letter(OBEC)
    office.postman.refusal = StoreFull()

    for wait in WAITS[:3]:
        send_waiting(office.desk)
        send_waiting(office.desk)
        office.house.clock.later(seconds=wait)

    assert [(row["state"], row["tries"], row["reason"]) for row in office.rows()] == [("deferred", 3, "store.full")]

    office.postman.refusal = None
    send_waiting(office.desk)

    assert [row["state"] for row in office.rows()] == ["handed_over"]


def test_a_mail_that_never_leaves_is_given_up_after_some_days(office: MailOffice) -> None:
    office.send_letter(OBEC)
    office.postman.refusal = StoreFull()

    for wait in (*WAITS, 0, 0):
        send_waiting(office.desk)
        office.house.clock.later(seconds=wait)

    assert len(office.named(said.MailDeferred)) == len(WAITS)
    assert [(row["state"], row["reason"]) for row in office.rows()] == [("failed", "store.full")]


def test_a_mail_to_an_impossible_address_is_given_up_at_once(office: MailOffice) -> None:
    office.send_letter(OBEC)
    office.postman.refusal = RecipientNotMailable({"address": OBEC})

    send_waiting(office.desk)

    assert [(row["state"], row["reason"]) for row in office.rows()] == [("failed", "mail.recipient_not_mailable")]


def test_receipts_are_put_off_and_given_up_like_letters(office: MailOffice) -> None:
    office.take(LETTER)
    office.postman.refusal = StoreFull()

    for wait in (*WAITS, 0, 0):
        send_waiting(office.desk)
        office.house.clock.later(seconds=wait)

    assert len(office.named(said.ReceiptDeferred)) == len(WAITS)
    assert [(one.kind, one.to) for one in office.named(said.ReceiptGivenUp)] == [("arrived", OBEC)]


def test_a_way_out_that_is_closed_is_tried_a_few_times_in_a_run(office: MailOffice) -> None:
    office.send_letter(*[f"a{number}@obec.go.th" for number in range(10)])
    office.postman.refusal = StoreFull()

    send_waiting(office.desk)

    assert len(office.named(said.MailDeferred)) == PATIENCE


def test_one_mail_that_cannot_be_written_does_not_hold_up_the_others(
    office: MailOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.mail.handlers.outgoing import sending

    written = sending.letter_parcel

    def fails_for_the_first(agency, letter, delivery, pdf):
        if delivery.delivery_id == "reply-1":
            raise ZeroDivisionError
        return written(agency, letter, delivery, pdf)

    monkeypatch.setattr(sending, "letter_parcel", fails_for_the_first)
    office.send_letter(OBEC, "saraban@moe.go.th")

    send_waiting(office.desk)

    assert [(row["state"], row["reason"]) for row in office.rows()] == [
        ("deferred", "mail.not_written"),
        ("handed_over", None),
    ]


def test_a_classified_letter_never_goes_by_mail(office: MailOffice) -> None:
    office.send_letter(OBEC, secrecy="confidential")

    send_waiting(office.desk)

    assert office.postman.handed == {}
    assert [(row["state"], row["reason"]) for row in office.rows(officer_id="wichai")] == [
        ("needs_paper", "classified")
    ]


def test_a_letter_on_paper_is_not_mailed(office: MailOffice) -> None:
    office.send_letter("128/1 ถนนนครราชสีมา", channel="paper")

    send_waiting(office.desk)

    assert office.postman.handed == {}
    assert [row["state"] for row in office.rows()] == ["queued"]


def test_while_the_registry_is_away_nothing_leaves(office: MailOffice) -> None:
    office.send_letter(OBEC)
    office.registry.away = ServiceAway({"what": "registry"})

    with pytest.raises(ServiceAway):
        send_waiting(office.desk)

    assert office.postman.handed == {}


def test_what_another_process_is_sending_is_left_to_it(office: MailOffice) -> None:
    office.send_letter(OBEC)
    office.desk.follower.sweep()

    with claimed(office.views, delivery_key("reply-1"), office.house.clock.now()):
        assert send_waiting(office.desk) == 0

    assert send_waiting(office.desk) == 1


def test_what_a_killed_process_was_sending_is_taken_over_later(office: MailOffice) -> None:
    office.send_letter(OBEC)
    with claimed(office.views, delivery_key("reply-1"), office.house.clock.now()):
        office.house.clock.later(minutes=11)

        assert send_waiting(office.desk) == 1


def test_the_same_mail_written_again_is_the_same_byte_for_byte(office: MailOffice) -> None:
    office.send_letter(OBEC)
    send_waiting(office.desk)
    (first,) = office.postman.handed.values()

    again = MailOffice()
    again.send_letter(OBEC)
    again.desk.follower.sweep()
    send_waiting(again.desk)

    (second,) = again.postman.handed.values()
    assert hashlib.sha256(second.raw).digest() == hashlib.sha256(first.raw).digest()
