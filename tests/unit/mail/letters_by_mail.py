"""Raw mails as they come, written byte by byte, and the same mail with other fields."""

from __future__ import annotations

import base64

SUBJECT = "ขอความอนุเคราะห์ช่วยเหลือครูผู้ประสบอุทกภัย"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def mail(
    *,
    sender: bytes = b"saraban@obec.go.th",
    subject: bytes = b"a flood",
    fields: bytes = b"",
    kind: bytes = b"text/plain; charset=utf-8",
    body: bytes = b"",
) -> bytes:
    """A mail of one part. `fields` are more header lines, each with its line end."""
    head = b"From: " + sender + b"\r\nTo: ksp@saraban.mail.go.th\r\nSubject: " + subject + b"\r\n"
    return head + b"Message-ID: <flood@obec.go.th>\r\n" + fields + b"Content-Type: " + kind + b"\r\n\r\n" + body


def part(content: bytes, kind: bytes = b"application/pdf", disposition: bytes = b"", *, encode: bool = True) -> bytes:
    """One part of a multipart, in base64 unless told otherwise."""
    head = b"Content-Type: " + kind + b"\r\n"
    head += b"Content-Disposition: " + disposition + b"\r\n" if disposition else b""
    if not encode:
        return head + b"\r\n" + content
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content)


def multipart(*parts: bytes, kind: bytes = b"multipart/mixed", boundary: bytes = b"cut", **more: bytes) -> bytes:
    """A mail of several parts."""
    line = b"--" + boundary
    body = b"".join(line + b"\r\n" + one + b"\r\n" for one in parts) + line + b"--\r\n"
    return mail(kind=kind + b"; boundary=" + boundary, body=body, **more)


def words(text: str, charset: str = "utf-8") -> bytes:
    """A part with the sender's words."""
    return part(text.encode(charset), b"text/plain; charset=" + charset.encode(), encode=False)


def encoded_word(text: str, codec: str, label: str, how: str = "B") -> bytes:
    """An RFC 2047 encoded word."""
    raw = text.encode(codec)
    if how == "B":
        return b"=?%s?B?%s?=" % (label.encode(), base64.b64encode(raw))
    return b"=?%s?Q?%s?=" % (label.encode(), "".join(f"={byte:02X}" for byte in raw).encode())


def understood(raw: bytes):
    """What a mail means; fails the test when it is not understood."""
    from services.mail.understanding import Understood, understand

    result = understand(raw)
    assert isinstance(result, Understood), result
    return result
