"""The words of a letter that every service uses: kinds, urgency, secrecy and the particulars (ข้อ 10-28)."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts.shapes import prepared

KINDS = ("external", "memorandum", "stamped", "order", "announcement", "record")
"""The six kinds of ข้อ 10: ภายนอก, ภายใน (บันทึกข้อความ), ประทับตรา, สั่งการ, ประชาสัมพันธ์, หลักฐาน."""

URGENCIES = ("normal", "urgent", "very_urgent", "most_urgent")
"""ปกติ, ด่วน, ด่วนมาก, ด่วนที่สุด (ข้อ 28)."""

SECRECIES = ("normal", "confidential", "secret", "top_secret")
"""ปกติ, ลับ, ลับมาก, ลับที่สุด; the place in this tuple is the level 0 to 3."""

CHANNELS = ("upload", "mail", "exchange")
"""How an incoming letter reached the agency."""


def secrecy_level(secrecy: str) -> int:
    """The level of a secrecy class, 0 (ปกติ) to 3 (ลับที่สุด)."""
    return SECRECIES.index(secrecy)


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class FileRef:
    """A stored file as part of a letter. `role`: `letter` (the letter itself), `enclosure`, `reference`, `mail` (the
    raw e-mail it came in) or `fair_copy` (the signed letter as sent)."""

    sha256: str
    name: str
    media_type: str
    size: int
    role: str = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What stands on a letter. Texts are in Thai normal form; `dated` is an ISO date of the common era or None when
    not known; `deliver_by` an ISO time for ด่วนภายใน."""

    subject: str
    number: str = ""
    dated: str | None = None
    sender: str = ""
    addressee: str = ""
    kind: str = "external"
    urgency: str = "normal"
    secrecy: str = "normal"
    deliver_by: str | None = None
    references: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    remark: str = ""
