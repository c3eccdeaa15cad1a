"""What the mail service says: the central address in and out."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts.events import event


@event("mail.fetched", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MailFetched:
    """A mail's raw bytes are kept under `sha256`. `became`: `letter`, `receipt`, `bounce`, `automatic` or
    `quarantine`; `letter_id` the letter that it made or speaks of; `flags` stable codes of what a clerk should know."""

    sha256: str
    uid: str
    size: int
    message_id: str | None
    sender: str
    subject: str
    became: str
    letter_id: str | None = None
    flags: tuple[str, ...] = ()


@event("mail.quarantined", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MailQuarantined:
    """A mail could not be understood and waits for a clerk. `reason` is a stable code."""

    sha256: str
    reason: str
    detail: str


@event("mail.released", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MailReleased:
    """A clerk dealt with a quarantined mail. `how`: `registered`, `retried` or `dismissed` (for the `reason` given);
    `became` as in MailFetched when it was understood at last."""

    sha256: str
    how: str
    letter_id: str | None = None
    became: str = ""
    reason: str = ""


@event("letter.receipt_sent", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSent:
    """We told the sender of an incoming mail that it came (`kind` `arrived`, ตอบรับ) or under which number it was
    registered (`kind` `registered`, เลขรับ)."""

    letter_id: str
    kind: str
    to: str
    handed_over_as: str


@event("letter.receipt_deferred", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDeferred:
    """A receipt could not leave yet; it is tried again. `tries` counts from 1."""

    letter_id: str
    kind: str
    tries: int
    reason: str


@event("letter.receipt_given_up", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptGivenUp:
    """A receipt will not leave: no mail can go to its address, or it was tried too often."""

    letter_id: str
    kind: str
    to: str
    reason: str


@event("letter.mail_handed_over", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MailHandedOver:
    """The mail of one delivery left our hands. `message_id` is what a reply will refer to."""

    letter_id: str
    delivery_id: str
    message_id: str
    handed_over_as: str


@event("letter.mail_deferred", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MailDeferred:
    """The mail of one delivery could not leave yet; it is tried again. `tries` counts from 1."""

    letter_id: str
    delivery_id: str
    tries: int
    reason: str


@event("letter.mail_given_up", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MailGivenUp:
    """The mail of one delivery will not leave: no mail can go to its address, or it was tried too often. A person must
    find another way."""

    letter_id: str
    delivery_id: str
    tries: int
    reason: str


@event("letter.mail_bounced", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class MailBounced:
    """The other side's mail system returned the mail of one delivery."""

    letter_id: str
    delivery_id: str
    mail_sha256: str
    reason: str


@event("letter.receipt_matched", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptMatched:
    """The recipient acknowledged one delivery. `their_number` is their receive number when told; `matched_by`:
    `in_reply_to`, `token`, `letter_number` or `hand` (then without a mail); `words` is what they wrote."""

    letter_id: str
    delivery_id: str
    mail_sha256: str | None
    their_number: str | None
    matched_by: str
    words: str = ""
