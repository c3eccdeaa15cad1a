"""What a mail becomes: a letter, a receipt for a letter of ours, a bounce, or an automatic mail that is only noted."""

from __future__ import annotations

from dataclasses import dataclass

from services.mail.understanding import Understood
from services.mail.understanding.contents import Attachment
from services.mail.understanding.quoting import own_words
from services.mail.understanding.receipts import acknowledges, says_more, their_number

SMALL_PICTURE = 30_000
"""Bytes. A picture up to this size is taken for a logo beside the sender's name, not for a document."""

WORDS_KEPT = 1_000
_NO_DOCUMENTS = frozenset({"text/calendar", "text/vcard", "text/x-vcard", "text/directory"})
OUR_MARKS = ("arrived", "registered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The delivery of ours that a mail speaks of. `matched_by`: `in_reply_to`, `token` or `letter_number`."""

    delivery_id: str
    letter_id: str
    matched_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A recipient acknowledges a delivery, in these words and perhaps with their receive number."""

    match: Match
    their_number: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BecomesLetter:
    """A letter for the registry's tray. `answers` is the letter of ours that it replies to; `acknowledged` what it says
    of that by the way; `answerable` whether its sender gets receipts."""

    answers: str | None
    acknowledged: Acknowledged | None
    answerable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BecomesReceipt:
    """Nothing but a receipt. It is never answered."""

    acknowledged: Acknowledged


@dataclass(frozen=True, slots=True, kw_only=True)
class BecomesBounce:
    """The report that a mail of ours was not delivered; `match` is None when it tells not which, or was a receipt's."""

    match: Match | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BecomesAutomatic:
    """A machine's mail without a document: an absence note, a newsletter, our own mail come back."""

    letter_id: str | None


Becoming = BecomesLetter | BecomesReceipt | BecomesBounce | BecomesAutomatic


def become(mail: Understood, match: Match | None, *, our_own: bool = False) -> Becoming:
    """What `mail` becomes. `match` is the delivery that it speaks of, `our_own` whether we sent it ourselves.

    Nothing that a person must read is put away as a receipt, and no machine's mail that carries a document is lost:
    both become letters, the latter without receipts (RFC 3834: never answer automatically what is automatic).
    """
    if our_own:
        return BecomesAutomatic(letter_id=match.letter_id if match else None)
    if mail.bounce:
        return BecomesBounce(match=match, reason=mail.report.reason or mail.subject[:WORDS_KEPT])
    acknowledged = _acknowledged(mail, match) if match else None
    documents = any(is_document(one) for one in mail.attachments)
    if acknowledged and not documents and _is_nothing_but_receipt(mail, acknowledged):
        return BecomesReceipt(acknowledged=acknowledged)
    if mail.automatic and not documents:
        return BecomesAutomatic(letter_id=acknowledged.match.letter_id if acknowledged else None)
    return BecomesLetter(
        answers=acknowledged.match.letter_id if acknowledged else None,
        acknowledged=None if mail.automatic else acknowledged,
        answerable=not mail.automatic,
    )


def is_document(attachment: Attachment) -> bool:
    """Whether a file may be what the mail was written for."""
    picture = attachment.media_type.startswith("image/") and len(attachment.data) <= SMALL_PICTURE
    return not picture and attachment.media_type not in _NO_DOCUMENTS


def _acknowledged(mail: Understood, match: Match) -> Acknowledged | None:
    """Whoever answers our mail has received it. One who only names our letter's number must say so."""
    words = own_words(mail.text)
    number = their_number(words) or their_number(mail.subject)
    told = number or acknowledges(words) or acknowledges(mail.subject) or mail.receipt_mark in OUR_MARKS
    if match.matched_by == "letter_number" and not told:
        return None
    return Acknowledged(match=match, their_number=number, words=words[:WORDS_KEPT])


def _is_nothing_but_receipt(mail: Understood, acknowledged: Acknowledged) -> bool:
    if mail.receipt_mark in OUR_MARKS:
        return True
    if mail.automatic:
        return acknowledged.their_number is not None
    words = own_words(mail.text)
    told = acknowledged.their_number or acknowledges(words) or (not words and acknowledges(mail.subject))
    return bool(told) and not says_more(words)
