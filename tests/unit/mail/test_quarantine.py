from __future__ import annotations

import hashlib

import pytest

from saraban import tickets
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import OtherContentForKey, ReasonMissing, SubjectMissing
from saraban.contracts.errors.mail import MailNotInQuarantine, MailUnknown
from saraban.contracts.events import mail as said
from saraban.contracts.events.registry import LetterArrived
from saraban.settings import Settings
from services.mail.handlers.outgoing.sending import send_waiting
from services.mail.views.quarantine import quarantine as listed
from tests.unit.mail import clerk_acts as quarantine
from tests.unit.mail.letters_by_mail import PDF, mail, multipart, part, words
from tests.unit.mail.office import MailOffice

BROKEN = mail(kind=b"multipart/mixed", body=b"no boundary")
SHA = hashlib.sha256(BROKEN).hexdigest()
READ = {"subject": "น้ำท่วม", "sender": "สพฐ.", "number": "ศธ ๐๔๐๐๙/๑๒๓", "dated": "20 พ.ย. 2569"}


@pytest.fixture
def office() -> MailOffice:
    office = MailOffice()
    office.take(BROKEN)
    return office


def somsri(office: MailOffice):
    return office.house.actor("somsri")


def test_a_clerk_makes_a_letter_of_a_mail_by_hand(office: MailOffice) -> None:
    answer = quarantine.register(office.desk, somsri(office), "key", SHA, READ)

    (arrived,) = office.named(LetterArrived)
    assert answer["letter_id"] == arrived.letter_id
    assert (arrived.particulars.subject, arrived.particulars.dated) == ("น้ำท่วม", "2026-11-20")
    assert [(one.sha256, one.role) for one in arrived.files] == [(SHA, "mail")]
    assert arrived.reply_to is None
    assert office.waiting() == []
    (released,) = office.named(said.MailReleased)
    assert (released.how, released.letter_id) == ("registered", arrived.letter_id)


def test_the_clerk_who_did_it_is_on_the_log(office: MailOffice) -> None:
    answer = quarantine.register(office.desk, somsri(office), "key", SHA, READ)

    commit = office.house.store.read(answer["position"] - 1, 1)[0]
    assert commit.actor["officer_id"] == "somsri"


def test_files_that_can_be_told_apart_come_with_the_letter_made_by_hand() -> None:
    office = MailOffice()
    raw = multipart(words("x"), part(PDF, disposition=b"attachment; filename=a.pdf")).replace(b"From:", b"X-From:", 1)
    office.take(raw)
    (row,) = office.waiting()
    assert row["reason"] == "no_sender"

    quarantine.register(office.desk, somsri(office), "key", row["sha256"], READ)

    assert [(one.name, one.role) for one in office.named(LetterArrived)[0].files] == [
        ("a.pdf", "letter"),
        ("mail.eml", "mail"),
    ]


def test_what_the_registry_says_of_the_particulars_reaches_the_clerk_and_the_mail_still_waits(
    office: MailOffice,
) -> None:
    with pytest.raises(SubjectMissing):
        quarantine.register(office.desk, somsri(office), "key", SHA, {"subject": " "})

    assert [row["sha256"] for row in office.waiting()] == [SHA]


def test_a_clerk_dismisses_what_is_no_letter_with_a_reason(office: MailOffice) -> None:
    with pytest.raises(ReasonMissing):
        quarantine.dismiss(office.desk, somsri(office), "key", SHA, " ")

    quarantine.dismiss(office.desk, somsri(office), "key", SHA, "โฆษณา")

    assert office.waiting() == []
    assert [(one.how, one.reason) for one in office.named(said.MailReleased)] == [("dismissed", "โฆษณา")]
    assert SHA in office.files.kept


def test_the_same_command_again_answers_the_same(office: MailOffice) -> None:
    first = quarantine.register(office.desk, somsri(office), "key", SHA, READ)

    again = quarantine.register(office.desk, somsri(office), "key", SHA, READ)

    assert again == first
    assert len(office.named(LetterArrived)) == 1


def test_the_same_key_with_other_content_is_refused(office: MailOffice) -> None:
    quarantine.register(office.desk, somsri(office), "key", SHA, READ)

    with pytest.raises(OtherContentForKey):
        quarantine.dismiss(office.desk, somsri(office), "key", SHA, "โฆษณา")


def test_what_one_clerk_dealt_with_another_finds_no_more(office: MailOffice) -> None:
    quarantine.dismiss(office.desk, somsri(office), "key", SHA, "โฆษณา")

    with pytest.raises(MailNotInQuarantine):
        quarantine.register(office.desk, somsri(office), "other", SHA, READ)
    with pytest.raises(MailNotInQuarantine):
        quarantine.retry(office.desk, somsri(office), "third", SHA)


def test_a_mail_that_never_came_is_unknown(office: MailOffice) -> None:
    with pytest.raises(MailUnknown):
        quarantine.retry(office.desk, somsri(office), "key", "0" * 64)
    with pytest.raises(MailUnknown):
        quarantine.open_raw(office.desk, somsri(office), "0" * 64)


def test_trying_again_a_mail_that_is_as_broken_as_before_changes_nothing(office: MailOffice) -> None:
    before = office.events()

    answer = quarantine.retry(office.desk, somsri(office), "key", SHA)

    assert (answer["became"], answer["reason"]) == ("quarantine", "broken_mime")
    assert office.events() == before


def test_trying_again_after_the_limit_was_raised_makes_a_letter_that_is_answered() -> None:
    office = MailOffice(settings=Settings(mail_limit=1000))
    office.take(multipart(words("x" * 2000), part(PDF)))
    (row,) = office.waiting()
    office.settings = Settings()
    office.restart()

    answer = quarantine.retry(office.desk, somsri(office), "key", row["sha256"])
    again = quarantine.retry(office.desk, somsri(office), "key", row["sha256"])
    send_waiting(office.desk)

    assert answer["became"] == "letter"
    assert again == answer
    assert office.waiting() == []
    assert [one.letter_id for one in office.named(LetterArrived)] == [answer["letter_id"]]
    assert len(office.postman.handed) == 1


def test_trying_again_a_mail_that_is_broken_in_another_way_tells_the_new_reason() -> None:
    office = MailOffice(settings=Settings(mail_limit=100))
    office.take(BROKEN)
    office.settings = Settings()
    office.restart()

    quarantine.retry(office.desk, somsri(office), "key", SHA)

    assert [row["reason"] for row in office.waiting()] == ["broken_mime"]


def test_the_same_broken_mail_again_waits_once(office: MailOffice) -> None:
    office.take(BROKEN)

    assert len(office.waiting()) == 1
    assert office.mailbox.waiting(10) == []


def test_a_dismissed_mail_that_comes_again_stays_dismissed(office: MailOffice) -> None:
    quarantine.dismiss(office.desk, somsri(office), "key", SHA, "โฆษณา")

    office.take(BROKEN)

    assert office.waiting() == []


def test_an_empty_mail_can_be_made_a_letter_too() -> None:
    office = MailOffice()
    office.take(b"")
    (row,) = office.waiting()

    quarantine.register(office.desk, somsri(office), "key", row["sha256"], READ)

    assert office.named(LetterArrived)[0].files == ()


def test_the_raw_mail_is_opened_with_a_ticket(office: MailOffice) -> None:
    answer = quarantine.open_raw(office.desk, somsri(office), SHA)

    path, _, token = answer["path"].partition("?ticket=")
    ticket = tickets.check(token, b"secret", purpose=tickets.FILE, now=office.house.clock.now(), sha256=SHA)
    assert path == f"/files/{SHA}"
    assert ticket.download
    assert ticket.media_type == "message/rfc822"


@pytest.mark.parametrize("officer_id", ["malee", "prasit", "anan", "root"])
def test_quarantine_is_for_the_central_registry_only(office: MailOffice, officer_id: str) -> None:
    other = office.house.actor(officer_id)

    with pytest.raises(NotAllowed):
        listed(office.views, other, 50, None)
    with pytest.raises(NotAllowed):
        quarantine.retry(office.desk, other, "key", SHA)
    with pytest.raises(NotAllowed):
        quarantine.register(office.desk, other, "key", SHA, READ)
    with pytest.raises(NotAllowed):
        quarantine.dismiss(office.desk, other, "key", SHA, "x")
    with pytest.raises(NotAllowed):
        quarantine.open_raw(office.desk, other, SHA)


def test_quarantine_comes_in_pages_the_longest_waiting_first(office: MailOffice) -> None:
    for number in range(4):
        office.house.clock.later(minutes=1)
        office.take(mail(kind=b"multipart/mixed", body=b"%d" % number, subject=b"mail %d" % number))

    office.desk.follower.sweep()
    first = listed(office.views, somsri(office), 3, None)
    second = listed(office.views, somsri(office), 3, first["next"])

    assert [row["subject"] for row in first["rows"]] == ["a flood", "mail 0", "mail 1"]
    assert [row["subject"] for row in second["rows"]] == ["mail 2", "mail 3"]
    assert second["next"] is None
