"""What cannot be understood comes back with its reason; nothing raises, nothing runs away."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.mail.understanding import NotUnderstood, Understood, understand
from services.mail.understanding.suggestions import suggest
from services.mail.understanding.tree import Limits
from tests.unit.mail.letters_by_mail import PDF, mail, multipart, part, words

FROM = b"From: a@b.go.th\r\n"


def nested(depth: int) -> bytes:
    lines = [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (one, one) for one in range(depth)]
    return FROM + b"".join(lines)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \r\n\r\n", "empty", id="white space"),
        pytest.param(b"Subject: x\r\n\r\ntext", "no_sender", id="no From"),
        pytest.param(b"From: \r\n\r\ntext", "no_sender", id="an empty From"),
        pytest.param(b"From: somebody\r\n\r\ntext", "no_sender", id="a From without an address"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "no_sender", id="a picture"),
        pytest.param(mail(kind=b"multipart/mixed", body=b"text"), "broken_mime", id="a multipart without boundary"),
        pytest.param(
            mail(kind=b"multipart/mixed; boundary=x", body=b"text"), "broken_mime", id="a boundary never seen"
        ),
        pytest.param(nested(25), "too_deep", id="parts in parts"),
        pytest.param(nested(2000), "too_complex", id="parts in parts without end"),
        pytest.param(multipart(*[words("x")] * 501), "too_many_parts", id="too many parts"),
        pytest.param(FROM + b"X: y\r\n" * 200_000, "too_complex", id="fields without end"),
        pytest.param(nested(18) + b"\n" * 200_000, "too_complex", id="many lines between many boundaries"),
    ],
)
def test_what_cannot_be_understood_says_why(raw: bytes, reason: str) -> None:
    result = understand(raw)

    assert isinstance(result, NotUnderstood)
    assert result.reason == reason


def test_a_mail_over_the_limit_is_not_read() -> None:
    raw = mail(body=b"x" * 1000)

    result = understand(raw, Limits(size=len(raw) - 1))

    assert isinstance(result, NotUnderstood)
    assert result.reason == "too_large"


def test_a_quarantined_mail_shows_what_could_be_made_out() -> None:
    result = understand(mail(sender="สพฐ. <a@b.go.th>".encode("cp874"), kind=b"multipart/mixed", body=b"x"))

    assert isinstance(result, NotUnderstood)
    assert (result.sender, result.subject) == ("a@b.go.th", "a flood")


def test_a_sender_without_an_address_is_shown_as_written() -> None:
    result = understand(mail(sender="สพฐ.".encode("cp874")))

    assert isinstance(result, NotUnderstood)
    assert result.sender == "สพฐ."


def texts_of(result: Understood | NotUnderstood) -> list[str]:
    if isinstance(result, NotUnderstood):
        return [result.reason, result.detail, result.sender, result.subject]
    return [
        result.subject,
        result.text,
        result.sender.name,
        result.sender.address,
        result.message_id or "",
        result.reply_to or "",
        result.receipt_mark,
        result.report.reason,
        *result.report.recipients,
        *result.report.actions,
        *result.referred_ids,
        *result.returned_ids,
        *result.addressed_to,
        *(name for one in result.attachments for name in (one.name, one.media_type)),
        *(str(value) for value in suggest(result, result.flags).values()),
    ]


WHOLE = multipart(
    words("เรียน ผอ. ที่ ศธ ๐๔๐๐๙/๑ ลงวันที่ ๑ มกราคม ๒๕๖๙"),
    part(PDF, disposition="attachment; filename*=tis-620''%CB%B9; filename=หนังสือ.pdf".encode("cp874")),
    part(mail(body=b"inner"), b"message/rfc822", encode=False),
    part(b"Action: failed\r\nFinal-Recipient: rfc822;a@b\r\n\r\n", b"message/delivery-status", encode=False),
    fields=b"Auto-Submitted: no\r\nReferences: <a@b> <c@d>\r\nReply-To: =?tis-620?Q?=CA?= <x@y>\r\n",
)
SNIPPETS = st.sampled_from(
    (
        b"\r\n", b"\n\n", b"\r", b"--cut\r\n", b"--cut--", b"=?utf-8?B?", b"?=", b"=?tis-620?Q?=CB", b"\xcb\xb9\xd1",
        b"<", b'"', b";", b"(", b":", b"\\", b"@", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"charset=\x00", b"From: ",
        b"filename*0*=utf-8''%E0", b"&#xD800;", b"Subject: \xd9\xd9\xd9", b"Content-Type: message/rfc822\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=cut\r\n\r\n", b"Content-Type: text/html\r\n\r\n<a href=",
    )
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    raw = bytearray(WHOLE)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(raw)))
        raw[at : at + draw(st.integers(0, 40))] = draw(SNIPPETS | st.binary(max_size=8))
    return bytes(raw)


@settings(max_examples=150, deadline=None)
@given(damaged() | st.lists(SNIPPETS, max_size=40).map(b"".join) | st.binary(max_size=300))
def test_whatever_the_bytes_are_they_come_back_as_a_mail_or_with_a_reason(raw: bytes) -> None:
    result = understand(raw)

    assert isinstance(result, Understood | NotUnderstood)
    assert all(text.encode() is not None for text in texts_of(result))


@settings(max_examples=100, deadline=None)
@given(damaged())
def test_understanding_a_mail_twice_gives_the_same(raw: bytes) -> None:
    assert understand(raw) == understand(raw)
