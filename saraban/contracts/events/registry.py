"""What the registry says: letters, numbers, the organisation."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts.events import event
from saraban.contracts.letters import FileRef, Particulars


@event("agency.named", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyNamed:
    """The agency that this log belongs to. `code` is the letter code before the slash (`ศธ ๐๔๐๐๙`), `email` its
    central address, `address` its postal lines as they stand on a letter."""

    name: str
    short_name: str
    code: str
    address: str
    email: str
    telephone: str


@event("unit.added", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAdded:
    """A unit of the agency. `code` is the letter code of its letters; the central registry is the unit with
    `central` true."""

    unit_id: str
    name: str
    short_name: str
    code: str
    parent_id: str | None
    central: bool = False


@event("officer.appointed", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerAppointed:
    """An officer takes a position in a unit, or changes it. `roles` are names of `saraban.contracts.actor.ROLES`;
    `clearance` is the highest secrecy level that the officer may see."""

    officer_id: str
    login: str
    name: str
    title: str
    unit_id: str
    roles: tuple[str, ...]
    clearance: int


@event("book.number_issued", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class NumberIssued:
    """The next number of a register went to a letter. The number is the start number of the book plus the version of
    this event in the book's stream less one; `number` repeats it for reading."""

    book_id: str
    number: int
    letter_id: str


@event("book.number_reserved", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReserved:
    """The next number of a register was put aside for later use, until `expires` (ISO date)."""

    book_id: str
    number: int
    reservation_id: str
    reason: str
    expires: str


@event("book.started", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class BookStarted:
    """A register starts at another number than 1 (going live in mid-year). In the notes of the book."""

    book_id: str
    start_number: int
    reason: str


@event("book.reserved_number_used", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedNumberUsed:
    """A number put aside earlier went to a letter. In the notes of the book."""

    book_id: str
    number: int
    letter_id: str


@event("book.number_voided", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class NumberVoided:
    """A number is void; it stays in the register with its reason and is never given out again. In the notes of the
    book."""

    book_id: str
    number: int
    letter_id: str | None
    reason: str


@event("letter.arrived", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterArrived:
    """A letter reached the agency and is kept. `channel` is one of CHANNELS; `source` names the mail
    (`mail:<sha256>`) or message that it came in; `reply_to` is the address for acknowledgements; the particulars of a
    mail are suggestions until a clerk confirms them. `answers` names our letter that it replies to."""

    letter_id: str
    channel: str
    arrived_at: str
    particulars: Particulars
    files: tuple[FileRef, ...]
    source: str | None = None
    reply_to: str | None = None
    mail_message_id: str | None = None
    answers: str | None = None


@event("letter.particulars_corrected", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ParticularsCorrected:
    """An officer confirmed or corrected what stands on the letter."""

    letter_id: str
    particulars: Particulars


@event("letter.registered", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRegistered:
    """An incoming letter got a receive number of a unit. `shown` is the number as it is written (`12/2569`);
    `registered_at` an ISO time in UTC."""

    letter_id: str
    unit_id: str
    book_id: str
    number: int
    shown: str
    registered_at: str


@event("letter.voided", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterVoided:
    """A registration was cancelled with its reason; the number stays in the register, marked void."""

    letter_id: str
    book_id: str
    number: int
    reason: str


@event("letter.classified_read", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedLetterRead:
    """Someone looked at a classified letter. `what`: `page`, `file`, `stamped` or `preview`."""

    letter_id: str
    officer_id: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom an outgoing letter goes. `channel`: `email` or `paper` (with a policy reason)."""

    delivery_id: str
    name: str
    channel: str
    address: str


@event("letter.drafted", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDrafted:
    """An outgoing letter is being written. `body` is its paragraphs; `unit_id` the unit that owns it; `in_reply_to`
    the incoming letter that it answers; `closing` the words before the signature."""

    letter_id: str
    unit_id: str
    drafted_by: str
    particulars: Particulars
    body: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    in_reply_to: str | None = None
    closing: str = "ขอแสดงความนับถือ"


@event("letter.draft_revised", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRevised:
    """The draft was changed; the fields are those of the new version."""

    letter_id: str
    particulars: Particulars
    body: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    closing: str = "ขอแสดงความนับถือ"


@event("letter.draft_presented", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPresented:
    """The draft was presented to a head for signature (เสนอลงนาม)."""

    letter_id: str
    to_officer_id: str


@event("letter.draft_returned", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReturned:
    """The head gave the draft back for correction (แก้ไข), with the reason."""

    letter_id: str
    reason: str


@event("letter.signed", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSigned:
    """A head signed the letter as an authenticated user (fourth amendment of 2564). `content_hash` is the SHA-256 of
    what was signed: particulars, body and recipients in canonical JSON."""

    letter_id: str
    officer_id: str
    name: str
    title: str
    content_hash: str


@event("letter.numbered", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumbered:
    """An outgoing letter got its send number. `shown` is the whole letter number (`ศธ ๐๔๐๐๙/๑๒`), `dated` its ISO
    date."""

    letter_id: str
    unit_id: str
    book_id: str
    number: int
    shown: str
    dated: str


@event("letter.fair_copy_made", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class FairCopyMade:
    """The signed and numbered letter was made into the PDF that is sent and kept."""

    letter_id: str
    file: FileRef


@event("letter.sent", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSent:
    """The letter was given out for delivery to its recipients."""

    letter_id: str
    recipients: tuple[Recipient, ...]


@event("letter.closed", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterClosed:
    """Nothing more is to be done about the letter."""

    letter_id: str
    reason: str
