"""What the registry can be told to do. Values are read and checked already (see particulars.py)."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts.events.registry import Recipient
from saraban.contracts.letters import FileRef, Particulars


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveLetter:
    """Keep a letter that an officer holds in hand and number it in one go."""

    letter_id: str
    unit_id: str
    particulars: Particulars
    files: tuple[FileRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveLetter:
    """Keep a letter that came by itself; a clerk will confirm and number it."""

    letter_id: str
    particulars: Particulars
    files: tuple[FileRef, ...]
    channel: str
    source: str | None
    reply_to: str | None
    mail_message_id: str | None
    answers: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLetter:
    """Confirm the particulars of a kept letter (None leaves them) and number it in a unit's book."""

    letter_id: str
    unit_id: str
    particulars: Particulars | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectParticulars:
    """Put right what stands in the register about a letter."""

    letter_id: str
    particulars: Particulars


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidRegistration:
    """Cancel a unit's number; it stays in the register, marked void."""

    letter_id: str
    unit_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseLetter:
    """Say that nothing more is to be done."""

    letter_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLetter:
    """Begin an outgoing letter."""

    letter_id: str
    particulars: Particulars
    body: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    closing: str
    in_reply_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseDraft:
    """Change a draft that nobody has been asked to sign."""

    letter_id: str
    particulars: Particulars
    body: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentDraft:
    """Ask a head to sign (เสนอลงนาม)."""

    letter_id: str
    to_officer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDraft:
    """Give a presented draft back for correction."""

    letter_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignLetter:
    """Sign a presented draft and take the send number."""

    letter_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLetter:
    """Give a signed letter out for delivery."""

    letter_id: str


Command = (
    ReceiveLetter
    | ArriveLetter
    | RegisterLetter
    | CorrectParticulars
    | VoidRegistration
    | CloseLetter
    | DraftLetter
    | ReviseDraft
    | PresentDraft
    | ReturnDraft
    | SignLetter
    | SendLetter
)
