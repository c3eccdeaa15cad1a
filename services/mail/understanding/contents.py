"""What a mail carries: the words of its sender and the files that came with them."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from services.mail.understanding.charsets import decode
from services.mail.understanding.encoded_words import header_text
from services.mail.understanding.file_names import NAME_BYTES, file_name, safe_name, shortened
from services.mail.understanding.html_text import html_text, tidy
from services.mail.understanding.tree import CannotRead, Limits, Part, read_tree

TEXT_LIMIT = 200_000
"""Characters of the sender's words that are kept; the raw mail has the rest."""

BYTES_READ = 400_000
"""Bytes of one part's words that are read."""

_GENERIC = frozenset({"application/octet-stream", "application/x-octet-stream", "application/download"})
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_CID = re.compile(r"""\bcid:([^\s"'<>)]{1,200})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a mail. `media_type` is what the sender claims, or what the name says when that is empty
    of meaning."""

    name: str
    media_type: str
    data: bytes


@dataclass(slots=True)
class Contents:
    """What was found so far. `flags` are stable codes of things that a clerk should know."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    def text(self) -> str:
        """The sender's words: the plain ones, else those of the HTML."""
        plain = tidy("\n\n".join(self.plain))
        if plain or not self.html:
            return plain[:TEXT_LIMIT]
        self.flags.add("html_only")
        return "\n\n".join(html_text(markup) for markup in self.html)[:TEXT_LIMIT]


def read_contents(whole: Part, limits: Limits) -> Contents:
    """The words and files of a mail whose parts are within the limits."""
    found = Contents()
    files = []
    for part in _leaves(whole):
        if _is_words(part):
            _read_words(part, found)
        else:
            files.append(part)
    shown_inside = set(_CID.findall("\n".join(found.html)))
    for part in files:
        if not _is_decoration(part, shown_inside):
            _read_file(part, found, limits)
    return found


def _leaves(part: Part) -> Iterator[Part]:
    if not part.is_multipart():
        yield part
    for child in part.children():
        yield from _leaves(child)


def _is_words(part: Part) -> bool:
    disposition = part.disposition
    named = disposition.text("filename") or part.content_type.text("name")
    return part.content_type.value in ("text/plain", "text/html") and disposition.value != "attachment" and not named


def _read_words(part: Part, found: Contents) -> None:
    words = decode(part.body()[:BYTES_READ], part.content_type.plain("charset"))
    if words.damaged:
        found.flags.add("damaged_text")
    (found.html if part.content_type.value == "text/html" else found.plain).append(words.text)


def _is_decoration(part: Part, shown_inside: set[str]) -> bool:
    """A logo inside the HTML, or a signature over the mail: neither is a file that somebody sent."""
    kind = part.content_type.value
    content_id = part.field("content-id").strip(b" <>\r\n\t").decode("ascii", "replace")
    inside = content_id in shown_inside and part.disposition.value != "attachment"
    return kind in _SIGNATURES or (kind.startswith("image/") and inside)


def _read_file(part: Part, found: Contents, limits: Limits) -> None:
    data = part.body()
    if not data:
        found.flags.add("empty_attachment")
        return
    name = file_name(part.disposition, part.content_type, len(found.attachments) + 1)
    attachment = Attachment(name=name, media_type=_media_type(part.content_type.value, name), data=data)
    if attachment.media_type == "message/rfc822":
        _read_attached_mail(attachment, found, limits)
    else:
        found.attachments.append(attachment)
    found.flags.update(_flags_of(attachment))


def _media_type(claimed: str, name: str) -> str:
    by_name = "message/rfc822" if name.lower().endswith(".eml") else mimetypes.guess_type(name)[0]
    return by_name or claimed if claimed in _GENERIC or by_name == "message/rfc822" else claimed


def _flags_of(attachment: Attachment) -> Iterator[str]:
    if attachment.media_type == "application/ms-tnef" or attachment.name.lower() == "winmail.dat":
        yield "winmail"
    if attachment.media_type in _ENCRYPTED:
        yield "encrypted_mail"
    if attachment.data.startswith(b"%PDF") and b"/Encrypt" in attachment.data:
        yield "encrypted_pdf"


def _read_attached_mail(attachment: Attachment, found: Contents, limits: Limits) -> None:
    """An attached mail stays as it is; the files in it are taken out beside it."""
    found.flags.add("attached_mail")
    if limits.attached_mails < 1:
        found.attachments.append(attachment)
        return
    inner_limits = replace(limits, attached_mails=limits.attached_mails - 1)
    try:
        inner = read_tree(attachment.data, inner_limits)
        files = read_contents(inner, inner_limits).attachments
    except CannotRead:
        found.flags.add("attached_mail_unreadable")
        found.attachments.append(attachment)
        return
    found.attachments.append(replace(attachment, name=_named_by_subject(attachment.name, inner)))
    found.attachments.extend(files[: max(0, limits.parts - len(found.attachments))])


def _named_by_subject(name: str, mail: Part) -> str:
    subject = safe_name(header_text(mail.field("subject")).text.replace("/", "-").replace("\\", "-"))
    return shortened(f"{subject}.eml", NAME_BYTES) if subject and name.startswith("attachment-") else name
