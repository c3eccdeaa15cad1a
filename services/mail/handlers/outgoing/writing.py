"""How our mails are written: the letter to a recipient, and the two receipts to the sender of a letter.

The same mail written again is the same byte for byte: its date is that of what asked for it, its Message-ID and
boundary come from its key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime
from urllib.parse import quote

from saraban.contracts.events.registry import AgencyNamed
from saraban.thai.dates import bangkok, format_long, format_short
from services.mail.domain.delivery import Delivery
from services.mail.domain.letter import Letter
from services.mail.tokens import delivery_key, message_id, shown_token, token_of
from services.mail.understanding.addresses import domain_of
from services.mail.understanding.file_names import NAME_BYTES, shortened
from services.mail.views.shelves import Due

URGENCIES = {"urgent": "ด่วน", "very_urgent": "ด่วนมาก", "most_urgent": "ด่วนที่สุด"}
_WIRE = compat32.clone(linesep="\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A mail ready to be handed over: the address that it is from, the one that it goes to, and all its bytes."""

    sender: str
    to: str
    message_id: str
    raw: bytes


def letter_parcel(agency: AgencyNamed, letter: Letter, delivery: Delivery, pdf: bytes) -> Parcel:
    """The mail that brings a letter, its fair copy `pdf` attached, to one recipient."""
    key = delivery_key(delivery.delivery_id)
    subject = f"{_urgency(letter)}ที่ {letter.sent_number} {letter.particulars.subject}"
    mail = MIMEMultipart(boundary=f"=_{token_of(key)}", policy=_WIRE)
    _head(mail, agency, key, at=delivery.sent_at, to=(delivery.name, delivery.address), subject=subject)
    mail.attach(_text(_letter_text(agency, letter, delivery, shown_token(key))))
    mail.attach(_attached(pdf, letter.fair_copy.name if letter.fair_copy else "letter.pdf"))
    return _parcel(mail, agency, delivery.address)


def receipt_parcel(agency: AgencyNamed, letter: Letter, due: Due) -> Parcel:
    """The mail that tells the sender of a letter that it came (ตอบรับ) or its receive number (เลขรับ)."""
    to = letter.reply_to or ""
    arrived = due.kind == "arrived"
    subject = f"{'ตอบรับหนังสือ' if arrived else 'แจ้งเลขรับหนังสือ'} {_named(letter)}".strip()
    mail = _text(_arrived_text(agency, letter) if arrived else _registered_text(agency, letter))
    _head(mail, agency, due.key, at=due.asked_at, to=("", to), subject=subject)
    if letter.mail_message_id and letter.mail_message_id.startswith("<"):
        mail["In-Reply-To"] = letter.mail_message_id
        mail["References"] = letter.mail_message_id
    mail["Auto-Submitted"] = "auto-replied"
    mail["X-Saraban-Receipt"] = due.kind or ""
    return _parcel(mail, agency, to)


def _head(mail: MIMEBase, agency: AgencyNamed, key: str, *, at: str, to: tuple[str, str], subject: str) -> None:
    mail["From"] = _party(agency.name, agency.email)
    mail["To"] = _party(*to)
    mail["Reply-To"] = agency.email
    mail["Subject"] = Header(subject, "utf-8", header_name="Subject").encode()
    mail["Date"] = format_datetime(bangkok(datetime.fromisoformat(at)))
    mail["Message-ID"] = message_id(key, domain_of(agency.email))


def _party(name: str, address: str) -> str:
    """A name and an address; the name in encoded words, so that nothing in it can be taken for an address."""
    return f"{Header(name, 'utf-8', maxlinelen=60).encode()} <{address}>" if name else address


def _parcel(mail: MIMEBase, agency: AgencyNamed, to: str) -> Parcel:
    return Parcel(sender=agency.email, to=to, message_id=str(mail["Message-ID"]), raw=mail.as_bytes(policy=_WIRE))


def _text(lines: Sequence[str]) -> MIMEText:
    return MIMEText("\r\n".join(lines) + "\r\n", "plain", "utf-8", policy=_WIRE)


def _attached(pdf: bytes, name: str) -> MIMEApplication:
    """A PDF whose name stands in UTF-8 (RFC 2231, on one line: Outlook joins sections wrongly), and in ASCII for
    programs that know no better."""
    part = MIMEApplication(pdf, "pdf", policy=_WIRE)
    named = quote(shortened(name, NAME_BYTES), safe="")
    part["Content-Disposition"] = f"attachment; filename=\"letter.pdf\"; filename*=UTF-8''{named}"
    return part


def _letter_text(agency: AgencyNamed, letter: Letter, delivery: Delivery, token: str) -> list[str]:
    return [
        f"เรียน {delivery.name}",
        "",
        f"{agency.name} ขอส่งหนังสือตามไฟล์แนบ ดังนี้",
        "",
        *_particulars(letter),
        "",
        "โปรดตอบรับเมื่อได้หนังสือนี้ และแจ้งเลขรับของท่าน โดยตอบกลับอีเมลฉบับนี้",
        f"รหัสอ้างอิง {token} (โปรดคงไว้ในการตอบกลับ)",
        *_signature(agency),
    ]


def _arrived_text(agency: AgencyNamed, letter: Letter) -> list[str]:
    return [
        f"{agency.name} ได้รับหนังสือของท่านทางไปรษณีย์อิเล็กทรอนิกส์แล้ว เมื่อ {_moment(letter.arrived_at)}",
        "",
        *_particulars(letter),
        "",
        "เมื่อลงทะเบียนรับแล้วจะแจ้งเลขรับให้ทราบอีกครั้งหนึ่ง",
        *_signature(agency),
        "อีเมลนี้ส่งโดยระบบอัตโนมัติ",
    ]


def _registered_text(agency: AgencyNamed, letter: Letter) -> list[str]:
    return [
        f"{agency.name} ได้รับหนังสือและลงทะเบียนรับแล้ว",
        f"เลขรับ {letter.registered} เมื่อ {_moment(letter.registered_at)}",
        "",
        *_particulars(letter),
        *_signature(agency),
        "อีเมลนี้ส่งโดยระบบอัตโนมัติ",
    ]


def _particulars(letter: Letter) -> list[str]:
    """What may be told of a letter in an open mail: of a classified one nothing but its number and date."""
    said = letter.particulars
    dated = letter.dated or said.dated
    number = letter.sent_number or said.number
    lines = [("ที่", number), ("ลงวันที่", format_long(date.fromisoformat(dated), thai_numerals=False) if dated else "")]
    if letter.audience.secrecy == 0:
        lines += [("เรื่อง", said.subject), ("ความเร่งด่วน", URGENCIES.get(said.urgency, ""))]
    return [f"{name}: {value}" for name, value in lines if value]


def _named(letter: Letter) -> str:
    number = letter.particulars.number
    return " ".join([number] if letter.audience.secrecy else filter(None, [number, letter.particulars.subject]))


def _urgency(letter: Letter) -> str:
    word = URGENCIES.get(letter.particulars.urgency)
    return f"({word}) " if word else ""


def _signature(agency: AgencyNamed) -> list[str]:
    return [
        "",
        agency.name,
        " ".join(filter(None, [agency.email, f"โทร. {agency.telephone}" if agency.telephone else ""])),
    ]


def _moment(at: str) -> str:
    there = bangkok(datetime.fromisoformat(at))
    return f"{format_short(there.date())} เวลา {there:%H.%M} น."
