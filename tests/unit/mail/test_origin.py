from __future__ import annotations

import pytest

from tests.unit.mail.letters_by_mail import mail, multipart, part, understood, words

OUR_ID = b"<srbn.0123456789abcdef0123@saraban.mail.go.th>"
REPORT = b"multipart/report; report-type=delivery-status"
RECEIVED = b"Received: from a by b; Mon, 23 Nov 2026 09:00:00 +0700\r\n"


def status(action: bytes) -> bytes:
    lines = b"Reporting-MTA: dns; mx.obec.go.th\r\n\r\nFinal-Recipient: rfc822; Nobody@obec.go.th\r\nAction: " + action
    return part(
        lines + b"\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n", b"message/delivery-status", encode=False
    )


def returned() -> bytes:
    return part(b"From: ksp@saraban.mail.go.th\r\nMessage-ID: " + OUR_ID + b"\r\n\r\n", b"message/rfc822", encode=False)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(multipart(words("x"), status(b"failed"), returned(), kind=REPORT), id="a delivery report"),
        pytest.param(mail(sender=b"MAILER-DAEMON@mx.obec.go.th", body=OUR_ID), id="from the mailer daemon"),
        pytest.param(mail(sender=b"postmaster@obec.go.th"), id="from the postmaster"),
        pytest.param(mail(sender=b"", fields=b"Return-Path: <>\r\n"), id="null return path, no sender"),
        pytest.param(mail(fields=b"Return-Path: < >\r\nSubject: x\r\n"), id="null return path"),
        pytest.param(
            mail(subject=b"Undeliverable: letter", fields=b"Auto-Submitted: auto-replied\r\n"), id="a telling subject"
        ),
        pytest.param(
            mail(fields=b"Auto-Submitted: auto-generated\r\nX-Failed-Recipients: a@b\r\n"), id="failed recipients named"
        ),
    ],
)
def test_a_mail_that_came_back_is_a_bounce(raw: bytes) -> None:
    read = understood(raw)

    assert read.bounce
    assert read.automatic
    assert read.reply_to is None


def test_a_report_tells_to_whom_and_why_and_which_mail_came_back() -> None:
    read = understood(multipart(words("x"), status(b"failed"), returned(), kind=REPORT))

    assert read.report.actions == {"failed"}
    assert read.report.recipients == ("nobody@obec.go.th",)
    assert read.report.reason == "smtp; 550 no such user"
    assert OUR_ID.decode() in read.returned_ids


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(mail(fields=b"Auto-Submitted: auto-replied (vacation)\r\n"), id="a vacation reply"),
        pytest.param(mail(fields=b"Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\n"), id="with null return path"),
        pytest.param(mail(fields=b"Precedence: bulk\r\n"), id="bulk mail"),
        pytest.param(mail(fields=b"List-Id: <news.obec.go.th>\r\n"), id="a mailing list"),
        pytest.param(mail(fields=RECEIVED * 10), id="ten hops"),
        pytest.param(multipart(words("x"), status(b"delayed"), kind=REPORT), id="only delayed"),
        pytest.param(
            multipart(words("x"), kind=b"multipart/report; report-type=disposition-notification"), id="read on screen"
        ),
    ],
)
def test_what_a_machine_wrote_gets_no_answer_and_is_no_bounce(raw: bytes) -> None:
    read = understood(raw)

    assert not read.bounce
    assert read.automatic
    assert read.reply_to is None


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(mail(), id="plain"),
        pytest.param(mail(fields=b"Auto-Submitted: no\r\n"), id="says that it is not automatic"),
        pytest.param(mail(fields=RECEIVED * 9), id="nine hops"),
        pytest.param(mail(subject=b"Undeliverable goods seized"), id="a word that bounces use"),
        pytest.param(mail(fields=b"Return-Path: <saraban@obec.go.th>\r\n"), id="a return path"),
    ],
)
def test_what_a_person_wrote_is_answered(raw: bytes) -> None:
    read = understood(raw)

    assert not read.bounce
    assert not read.automatic
    assert read.reply_to == "saraban@obec.go.th"


def test_the_answer_goes_where_the_sender_wants_it() -> None:
    read = understood(mail(fields="Reply-To: สารบรรณ <reply@obec.go.th>\r\n".encode("cp874")))

    assert read.reply_to == "reply@obec.go.th"


@pytest.mark.parametrize(
    "sender", [b"no-reply@obec.go.th", b"DoNotReply@a.go.th", b"bounces+1@a.go.th", b"owner-x@a.th"]
)
def test_an_address_that_takes_no_answers_gets_none(sender: bytes) -> None:
    assert understood(mail(sender=sender)).reply_to is None
    assert not understood(mail(sender=sender)).automatic


def test_the_mails_that_a_mail_answers_come_nearest_first() -> None:
    read = understood(mail(fields=b"References: <1@a> <2@a>\r\n <3@a>\r\nIn-Reply-To: <3@a>\r\n"))

    assert read.referred_ids == ("<3@a>", "<2@a>", "<1@a>")


@pytest.mark.parametrize(
    ("field", "kept"), [(b"<a@b>", "<a@b>"), (b"a b", "a b"), (b"", None), (b"x <a@b> y", "<a@b>")]
)
def test_a_message_id_is_kept_even_when_it_is_wrongly_written(field: bytes, kept: str | None) -> None:
    raw = b"From: a@b.go.th\r\nMessage-ID: " + field + b"\r\n\r\na letter"

    assert understood(raw).message_id == kept
