from __future__ import annotations

import hashlib

import pytest

from saraban.contracts.errors.broker import ServiceAway
from saraban.contracts.events import mail as said
from saraban.contracts.events.registry import LetterArrived
from saraban.settings import Settings
from services.mail.handlers.incoming.mailbox import TRIES, check_mailbox, checked
from tests.unit.mail.letters_by_mail import PDF, SUBJECT, encoded_word, mail, multipart, part, words
from tests.unit.mail.office import MailOffice

SENDER = b'"' + encoded_word("สพฐ.", "cp874", "tis-620") + b'" <saraban@obec.go.th>'
LETTER = multipart(
    words("เรียน เลขาธิการคุรุสภา", "tis-620"),
    part(PDF, disposition='attachment; filename="หนังสือน้ำท่วม.pdf"'.encode("cp874")),
    sender=SENDER,
    subject=encoded_word(SUBJECT, "cp874", "tis-620"),
)
SHA = hashlib.sha256(LETTER).hexdigest()
BROKEN = mail(kind=b"multipart/mixed", body=b"no boundary")


@pytest.fixture
def office() -> MailOffice:
    return MailOffice()


def test_a_letter_by_mail_waits_in_the_tray_with_its_files_and_what_it_suggests(office: MailOffice) -> None:
    office.take(LETTER)

    (arrived,) = office.named(LetterArrived)
    assert arrived.particulars.subject == SUBJECT
    assert arrived.particulars.sender == "สพฐ."
    assert arrived.particulars.addressee == "เลขาธิการคุรุสภา"
    assert [(one.name, one.role) for one in arrived.files] == [
        ("หนังสือน้ำท่วม.pdf", "letter"),
        (f"{SUBJECT}.eml", "mail"),
    ]
    assert (arrived.channel, arrived.source) == ("mail", f"mail:{SHA}")
    assert (arrived.reply_to, arrived.mail_message_id) == ("saraban@obec.go.th", "<flood@obec.go.th>")
    assert office.files.kept[SHA] == LETTER


def test_a_mail_is_done_once_its_letter_and_its_event_are_on_the_log(office: MailOffice) -> None:
    office.take(LETTER)

    (fetched,) = office.named(said.MailFetched)
    assert (fetched.sha256, fetched.became, fetched.size) == (SHA, "letter", len(LETTER))
    assert fetched.letter_id == office.named(LetterArrived)[0].letter_id
    assert list(office.mailbox.seen.values()) == [LETTER]


def test_the_same_mail_again_makes_nothing_new_and_is_done(office: MailOffice) -> None:
    office.take(LETTER)
    before = office.events()

    office.take(LETTER)

    assert office.events() == before
    assert office.mailbox.waiting(10) == []


def test_the_same_mail_again_is_not_even_read(office: MailOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    office.take(LETTER)
    monkeypatch.setattr("services.mail.handlers.incoming.taking_in.understand", None)

    office.take(LETTER)

    assert office.mailbox.waiting(10) == []
    assert checked(office.desk)["ok"] is True


def test_the_same_mail_twice_in_one_look_makes_one_letter(office: MailOffice) -> None:
    office.take(*[LETTER] * 6)

    assert len(office.named(LetterArrived)) == 1
    assert len(office.named(said.MailFetched)) == 1
    assert office.mailbox.waiting(10) == []


def test_a_mail_that_cannot_be_understood_waits_in_quarantine_and_stops_nothing(office: MailOffice) -> None:
    office.take(BROKEN, LETTER, b"", b"\x00\xff")

    rows = {row["reason"]: (row["sender"], row["subject"]) for row in office.waiting()}
    assert rows == {"broken_mime": ("saraban@obec.go.th", "a flood"), "empty": ("", ""), "no_sender": ("", "")}
    assert len(office.named(LetterArrived)) == 1
    assert office.mailbox.waiting(10) == []
    assert BROKEN in office.files.kept.values()


def test_a_mail_over_the_limit_waits_in_quarantine_with_all_its_bytes() -> None:
    office = MailOffice(settings=Settings(mail_limit=1000))
    large = mail(body=b"x" * 2000)

    office.take(large)

    (row,) = office.waiting()
    assert (row["reason"], row["size"], row["subject"]) == ("too_large", len(large), "a flood")
    assert office.files.kept[row["sha256"]] == large
    assert office.mailbox.waiting(10) == []


def test_a_mail_without_files_is_a_letter_with_its_words_as_remark(office: MailOffice) -> None:
    office.take(mail(subject=SUBJECT.encode(), body="ขอเชิญประชุม".encode()))

    (arrived,) = office.named(LetterArrived)
    assert arrived.particulars.remark == "ขอเชิญประชุม"
    assert [one.role for one in arrived.files] == ["mail"]


def test_the_pdf_is_the_letter_and_other_files_are_enclosures(office: MailOffice) -> None:
    office.take(
        multipart(
            part(b"PK\x03\x04", b"application/zip", b"attachment; filename=a.zip"),
            part(PDF, disposition=b"attachment; filename=b.pdf"),
            part(PDF + b"%", disposition=b"attachment; filename=c.pdf"),
        )
    )

    (arrived,) = office.named(LetterArrived)
    assert [(one.name, one.role) for one in arrived.files] == [
        ("b.pdf", "letter"),
        ("a.zip", "enclosure"),
        ("c.pdf", "enclosure"),
        ("a flood.eml", "mail"),
    ]


def test_a_mail_without_words_subject_or_files_waits_in_quarantine(office: MailOffice) -> None:
    office.take(mail(subject=b"", body=b" \r\n"))

    assert [row["reason"] for row in office.waiting()] == ["nothing_to_register"]


def test_an_automatic_mail_is_noted_and_makes_no_letter(office: MailOffice) -> None:
    office.take(mail(fields=b"Auto-Submitted: auto-replied\r\n", body=b"I am away"))

    assert [one.became for one in office.named(said.MailFetched)] == ["automatic"]
    assert office.named(LetterArrived) == []


def test_an_automatic_mail_with_a_document_is_a_letter_that_is_not_answered(office: MailOffice) -> None:
    office.take(multipart(words("x"), part(PDF), fields=b"Auto-Submitted: auto-generated\r\n"))

    (arrived,) = office.named(LetterArrived)
    assert arrived.reply_to is None


def test_a_mail_that_goes_in_circles_makes_no_letter(office: MailOffice) -> None:
    office.take(mail(fields=b"Received: from a by b; now\r\n" * 10, body=b"round and round"))

    assert [one.became for one in office.named(said.MailFetched)] == ["automatic"]


def test_a_bounce_that_tells_not_which_mail_it_returns_is_noted_and_makes_no_letter(office: MailOffice) -> None:
    office.take(mail(sender=b"MAILER-DAEMON@obec.go.th", subject=b"Undelivered", body=b"no such user"))

    assert [(one.became, one.letter_id) for one in office.named(said.MailFetched)] == [("bounce", None)]
    assert office.named(LetterArrived) == []


def test_mails_stay_while_the_registry_is_away_and_are_taken_when_it_is_back(office: MailOffice) -> None:
    office.registry.away = ServiceAway({"what": "registry"})

    office.take(LETTER)

    assert len(office.mailbox.waiting(10)) == 1
    assert checked(office.desk) == {"mail_checked_at": office.desk.now(), "ok": False, "error": "service.away"}

    office.registry.away = None
    check_mailbox(office.desk)

    assert office.mailbox.waiting(10) == []
    assert checked(office.desk)["ok"] is True


def test_a_look_into_the_mailbox_is_noted_and_outlives_the_process(office: MailOffice) -> None:
    assert checked(office.desk) == {"mail_checked_at": None, "ok": False, "error": None}

    check_mailbox(office.desk)
    restarted = office.restart()

    assert checked(restarted) == {"mail_checked_at": office.desk.now(), "ok": True, "error": None}


def test_a_mailbox_that_cannot_be_read_is_noted(office: MailOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: int) -> list[str]:
        raise OSError("the disk is gone")

    monkeypatch.setattr(office.mailbox, "waiting", gone)

    check_mailbox(office.desk)

    assert checked(office.desk)["error"] == "OSError"


def test_a_mail_on_which_our_own_rules_fail_goes_to_a_clerk_after_some_tries(
    office: MailOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("services.mail.handlers.incoming.taking_in.settle", broken)

    office.take(LETTER)
    for _ in range(TRIES - 1):
        assert len(office.mailbox.waiting(10)) == 1
        check_mailbox(office.desk)

    assert [(row["reason"], row["detail"]) for row in office.waiting()] == [("processing_failed", "ZeroDivisionError")]
    assert office.mailbox.waiting(10) == []


def test_a_mail_that_cannot_even_be_kept_stays_in_the_mailbox_and_is_told(
    office: MailOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise ValueError("not this one")

    monkeypatch.setattr(office.files, "put", refused)
    office.take(LETTER)
    for _ in range(TRIES):
        check_mailbox(office.desk)
    monkeypatch.undo()

    office.take(BROKEN)

    assert len(office.mailbox.waiting(10)) == 1
    assert [row["reason"] for row in office.waiting()] == ["broken_mime"]
    assert checked(office.desk)["error"] == "ValueError"
