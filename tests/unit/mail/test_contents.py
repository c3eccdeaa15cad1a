from __future__ import annotations

import pytest

from services.mail.understanding.html_text import html_text
from tests.unit.mail.letters_by_mail import PDF, SUBJECT, mail, multipart, part, understood, words


def test_words_and_files_of_a_mail_are_told_apart() -> None:
    read = understood(multipart(words("ส่งมาเพื่อทราบ"), part(PDF, disposition=b"attachment; filename=a.pdf")))

    assert read.text == "ส่งมาเพื่อทราบ"
    assert [(one.name, one.media_type, one.data) for one in read.attachments] == [("a.pdf", "application/pdf", PDF)]
    assert read.flags == ()


@pytest.mark.parametrize("disposition", [b"", b"inline", b"inline; filename=a.pdf", b"attachment"])
def test_a_pdf_is_an_attachment_however_it_is_placed(disposition: bytes) -> None:
    read = understood(multipart(words("ดูไฟล์"), part(PDF, disposition=disposition)))

    assert [one.data for one in read.attachments] == [PDF]


def test_a_mail_that_is_nothing_but_a_pdf_has_it_as_attachment() -> None:
    read = understood(part(PDF).replace(b"Content-Type", b"From: a@b.go.th\r\nContent-Type", 1))

    assert [one.data for one in read.attachments] == [PDF]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        (b"base64", b"JVBERi0x\r\n"),
        (b"BASE64 ", b"JVBE!!Ri0x\r\n\r\n"),
        (b"quoted-printable", b"%PD=46-=\r\n1"),
        (b"8bit", b"%PDF-1"),
        (b"no-such-encoding", b"%PDF-1"),
    ],
)
def test_every_transfer_encoding_is_undone(encoding: bytes, body: bytes) -> None:
    one = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n" + body

    (attachment,) = understood(multipart(one)).attachments

    assert attachment.data == b"%PDF-1"


def test_eight_bit_bytes_of_a_file_come_through_unchanged() -> None:
    data = bytes(range(256)).replace(b"\r", b"").replace(b"\n", b"")

    (attachment,) = understood(multipart(part(data, b"application/x-raw", encode=False))).attachments

    assert attachment.data == data


def test_of_alternatives_the_plain_words_count() -> None:
    read = understood(
        multipart(words("ข้อความ"), part("<b>ข้อความ</b>".encode(), b"text/html"), kind=b"multipart/alternative")
    )

    assert read.text == "ข้อความ"
    assert read.attachments == ()


def test_a_mail_of_html_only_becomes_plain_words_and_is_flagged() -> None:
    markup = "<html><style>p{}</style><p>เรียน&nbsp;ผอ.</p><script>alert(1)</script><p onclick=x()>ขอบคุณ</p>"

    read = understood(mail(kind=b"text/html; charset=tis-620", body=markup.encode("cp874")))

    assert read.text == "เรียน ผอ.\n\nขอบคุณ"
    assert "html_only" in read.flags


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<br>b<BR/>c", "a\nb\nc"),
        ("<table><tr><td>ก</td></tr><tr><td>ข</td></tr></table>", "ก\nข"),
        ("<p>a</p><p>b</p><ul><li>c</li><li>d</li></ul>e", "a\n\nb\n\nc\nd\n\ne"),
        ("<div>a</div><div><div>b</div></div>c", "a\nb\nc"),
        ("a<!-- <b>no</b> -->b", "ab"),
        ("a<!-- never closed", "a<!-- never closed"),
        ('ดู <a href="https://a.go.th/x?a=1&amp;b=2">ที่นี่</a>', "ดู ที่นี่ <https://a.go.th/x?a=1&b=2>"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ("a < b & c", "a < b & c"),
        ("<script>x<script>y</script>z", "z"),
        ("&#3585;&lt;script&gt;", "ก<script>"),
        ("<style>x", ""),
    ],
)
def test_html_is_read_without_anything_active(markup: str, text: str) -> None:
    assert html_text(markup) == text


def test_pictures_inside_the_words_are_no_files() -> None:
    markup = part(b'<p>x</p><img src="cid:logo@x">', b"text/html", encode=False)
    logo = b"Content-ID: <logo@x>\r\n" + part(b"\x89PNG", b"image/png", b"inline; filename=logo.png")
    scan = b"Content-ID: <scan@x>\r\n" + part(b"\x89PNG2", b"image/png", b"attachment; filename=scan.png")

    read = understood(multipart(markup, logo, scan, kind=b"multipart/related"))

    assert [one.name for one in read.attachments] == ["scan.png"]


def test_an_attached_mail_is_kept_byte_by_byte_and_its_files_are_taken_out() -> None:
    inner = multipart(
        words("ข้างใน"), part(PDF, disposition=b"attachment; filename=inner.pdf"), subject=b"inside", boundary=b"inner"
    )

    read = understood(multipart(words("ส่งต่อ"), part(inner, b"message/rfc822", encode=False)))

    assert [one.name for one in read.attachments] == ["inside.eml", "inner.pdf"]
    assert read.attachments[0].data.rstrip() == inner.rstrip()
    assert read.attachments[1].data == PDF
    assert read.text == "ส่งต่อ"
    assert "attached_mail" in read.flags


def test_mails_within_mails_are_opened_to_a_depth() -> None:
    raw = multipart(part(PDF, disposition=b"attachment; filename=deepest.pdf"))
    for _ in range(6):
        raw = multipart(part(raw, b"message/rfc822"), subject=b"outer")

    names = [one.name for one in understood(raw).attachments]

    assert len(names) == 4
    assert "deepest.pdf" not in names


def test_an_attached_mail_that_cannot_be_read_stays_a_file() -> None:
    broken = b"Content-Type: multipart/mixed\r\n\r\nno boundary"

    read = understood(multipart(part(broken, b"message/rfc822", b"attachment; filename=broken.eml")))

    assert [(one.name, one.data) for one in read.attachments] == [("broken.eml", broken)]
    assert "attached_mail_unreadable" in read.flags


@pytest.mark.parametrize(
    ("one", "flag"),
    [
        (part(b"x\x9f>\x22", b"application/ms-tnef", b"attachment; filename=winmail.dat"), "winmail"),
        (part(b"x\x9f>\x22", b"application/octet-stream", b"attachment; filename=Winmail.dat"), "winmail"),
        (part(PDF.replace(b"/Root", b"/Encrypt 2 0 R/Root")), "encrypted_pdf"),
        (part(b"MIME", b"application/pkcs7-mime; name=smime.p7m"), "encrypted_mail"),
    ],
)
def test_a_file_that_a_clerk_cannot_simply_open_is_kept_and_flagged(one: bytes, flag: str) -> None:
    read = understood(multipart(words("x"), one))

    assert len(read.attachments) == 1
    assert read.flags == (flag,)


def test_an_empty_file_is_left_out_and_flagged() -> None:
    read = understood(multipart(words("x"), part(b"", disposition=b"attachment; filename=a.pdf")))

    assert read.attachments == ()
    assert read.flags == ("empty_attachment",)


def test_a_signature_over_the_mail_is_no_file() -> None:
    signature = part(b"0\x82", b"application/pkcs7-signature; name=smime.p7s")

    assert understood(multipart(words("x"), signature, kind=b"multipart/signed")).attachments == ()


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("ดาวน์โหลด https://drive.google.com/file/d/1a2b/view", True),
        ("https://ksp-my.sharepoint.com/:b:/g/x", True),
        ("ดูที่ https://www.obec.go.th/files/ว123.pdf ครับ", True),
        ("เว็บไซต์ https://www.obec.go.th/", False),
        ("https://notdropbox.com/x", False),
    ],
)
def test_a_link_where_a_file_should_be_is_flagged(text: str, flagged: object) -> None:
    read = understood(mail(body=text.encode()))

    assert ("link_instead_of_file" in read.flags) == flagged


def test_a_link_beside_a_file_is_not_flagged() -> None:
    read = understood(multipart(words("https://drive.google.com/x"), part(PDF)))

    assert read.flags == ()


def test_an_empty_subject_is_flagged() -> None:
    assert understood(mail(subject=b"", body=b"a letter")).flags == ("empty_subject",)


def test_a_text_that_cannot_be_read_wholly_is_flagged() -> None:
    read = understood(mail(body=SUBJECT.encode()[:-1]))

    assert read.flags == ("damaged_text",)
    assert read.text.startswith(SUBJECT[:-1])


def test_a_mail_whose_last_boundary_is_missing_is_read() -> None:
    whole = multipart(words("ส่งมาเพื่อทราบ"), part(PDF))

    read = understood(whole.replace(b"--cut--\r\n", b""))

    assert read.text == "ส่งมาเพื่อทราบ"
    assert read.attachments[0].data == PDF
