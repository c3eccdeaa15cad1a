"""A mail as far as it can be understood by itself."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.thai.normal_form import normal_form
from services.mail.understanding.addresses import Correspondent, all_addresses, first_correspondent, is_mailable
from services.mail.understanding.contents import Attachment, Contents, read_contents
from services.mail.understanding.encoded_words import header_text
from services.mail.understanding.links import links_instead_of_files
from services.mail.understanding.origin import Origin, origin_of
from services.mail.understanding.reports import Report, own_id, read_report, referred_ids, returned_ids
from services.mail.understanding.tree import CannotRead, Limits, Part, read_fields, read_tree

SUBJECT_LIMIT = 1_000
"""Characters of a subject that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What one mail says. `reply_to` is an address that can be answered, None when it must not be: a machine wrote, or
    it goes in circles. `flags` are stable codes of what a clerk should know."""

    message_id: str | None
    sender: Correspondent
    reply_to: str | None
    addressed_to: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[Attachment, ...]
    bounce: bool
    automatic: bool
    report: Report
    referred_ids: tuple[str, ...]
    returned_ids: tuple[str, ...]
    receipt_mark: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood:
    """A mail for a clerk's eyes. `reason` is a stable code; `sender` and `subject` are what could be made out."""

    reason: str
    detail: str
    sender: str = ""
    subject: str = ""


NOBODY = Correspondent("", "")


def understand(raw: bytes, limits: Limits | None = None) -> Understood | NotUnderstood:
    """What the mail `raw` means. Never raises, whatever the bytes are."""
    limits = limits or Limits()
    try:
        return _understood(read_tree(raw, limits), limits)
    except CannotRead as unread:
        return not_understood(unread.reason, unread.detail, raw)
    except Exception as error:  # noqa: BLE001 - one bad mail never stops the mailbox; it waits with this as its reason
        return NotUnderstood(reason="broken_mime", detail=type(error).__name__)


def _understood(whole: Part, limits: Limits) -> Understood:
    sender = first_correspondent(whole.field("from"))
    report = read_report(whole)
    origin = origin_of(whole, sender, report.actions)
    if sender is None and not origin.bounce:
        raise CannotRead("no_sender", "")
    contents = read_contents(whole, limits)
    subject = header_text(whole.field("subject"))
    text = normal_form(contents.text())
    if not (subject.text or text or contents.attachments or origin.automatic):
        raise CannotRead("nothing_to_register", "no subject, no words, no files")
    return Understood(
        message_id=own_id(whole),
        sender=Correspondent(normal_form(sender.name), sender.address) if sender else NOBODY,
        reply_to=_reply_to(whole, sender or NOBODY, origin),
        addressed_to=_addressed_to(whole),
        subject=normal_form(subject.text)[:SUBJECT_LIMIT],
        text=text,
        attachments=tuple(contents.attachments),
        bounce=origin.bounce,
        automatic=origin.automatic,
        report=report,
        referred_ids=referred_ids(whole),
        returned_ids=returned_ids(whole) if origin.bounce else (),
        receipt_mark=header_text(whole.field("x-saraban-receipt")).text,
        flags=_flags(contents, subject.text, text, damaged=subject.damaged),
    )


def _reply_to(whole: Part, sender: Correspondent, origin: Origin) -> str | None:
    wanted = first_correspondent(whole.field("reply-to")) or sender
    return wanted.address if origin.answerable and is_mailable(wanted.address) else None


def _addressed_to(whole: Part) -> tuple[str, ...]:
    names = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
    return tuple(
        dict.fromkeys(address for name in names for field in whole.fields(name) for address in all_addresses(field))
    )


def _flags(contents: Contents, subject: str, text: str, *, damaged: bool) -> tuple[str, ...]:
    flags = set(contents.flags)
    if damaged:
        flags.add("damaged_subject")
    if not subject:
        flags.add("empty_subject")
    if not contents.attachments and links_instead_of_files(text + "\n".join(contents.html)):
        flags.add("link_instead_of_file")
    return tuple(sorted(flags))


def recoverable_files(raw: bytes, limits: Limits) -> tuple[Attachment, ...]:
    """The files of a mail that can be told apart although the whole of it is not understood; none when they cannot."""
    try:
        return tuple(read_contents(read_tree(raw, limits), limits).attachments)
    except Exception:  # noqa: BLE001 - a clerk makes a letter of whatever it is, with or without them
        return ()


def not_understood(reason: str, detail: str, raw: bytes) -> NotUnderstood:
    """A mail that waits for a clerk, with what its first fields tell of sender and subject."""
    fields = read_fields(raw)
    sender = first_correspondent(fields.field("from"))
    return NotUnderstood(
        reason=reason,
        detail=detail,
        sender=sender.address if sender else header_text(fields.field("from")).text[:SUBJECT_LIMIT],
        subject=header_text(fields.field("subject")).text[:SUBJECT_LIMIT],
    )
