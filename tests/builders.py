"""Things that tests of many services begin with: a small office and letters one can remember.

The Secretariat has a central registry (สมศรี and, cleared for secret letters, วิชัย), the licensing bureau (head
ประสิทธิ์, registry มาลี, officers อนันต์ and กัญญา) and the legal bureau (head มานพ, officer นิดา); ธนา administers, ตรวจตา audits.
The letter is from the basic education commission (สพฐ.), about teachers hit by a flood.
"""

from __future__ import annotations

from typing import Any

from saraban.contracts.access import AUDIT, CENTRAL, officer_key, unit_key
from saraban.contracts.actor import Actor
from saraban.contracts.events import registry as said
from saraban.contracts.letters import Particulars

UNITS = {"central": "กลุ่มสารบรรณ", "licence": "สำนักทะเบียนและใบอนุญาต", "legal": "สำนักกฎหมาย"}

OFFICERS = {
    "somsri": ("นางสมศรี ใจเย็น", "central", ("registry_clerk", "officer"), 0),
    "wichai": ("นายวิชัย รักษาลับ", "central", ("registry_clerk", "officer"), 2),
    "prasit": ("นายประสิทธิ์ มั่นคง", "licence", ("head", "officer"), 2),
    "malee": ("นางสาวมาลี ขยันดี", "licence", ("unit_registry", "officer"), 0),
    "anan": ("นายอนันต์ ทะเบียน", "licence", ("officer",), 0),
    "kanya": ("นางสาวกัญญา ออกบัตร", "licence", ("officer",), 0),
    "manop": ("นายมานพ กฎหมาย", "legal", ("head", "officer"), 1),
    "nida": ("นางสาวนิดา นิติธรรม", "legal", ("officer",), 0),
    "thana": ("นายธนา ระบบดี", "central", ("administrator",), 0),
    "truajta": ("นางตรวจตา ละเอียด", "central", ("auditor",), 0),
}

FLOOD = Particulars(
    subject="ขอความอนุเคราะห์ช่วยเหลือครูผู้ประสบอุทกภัย",
    number="ศธ ๐๔๐๐๙/๑๒๓",
    dated="2026-11-20",
    sender="สพฐ.",
    urgency="urgent",
)


def unit_added(unit_id: str, **changed: Any) -> said.UnitAdded:
    """A unit of the office, or one more."""
    name = UNITS.get(unit_id, unit_id)
    told = {"name": name, "short_name": name, "code": "ศธ ๕๑๐๐", "parent_id": None, "central": unit_id == "central"}
    return said.UnitAdded(unit_id=unit_id, **{**told, **changed})


def appointed(officer_id: str, **changed: Any) -> said.OfficerAppointed:
    """An officer of the office in their position, or one more (give `unit_id`)."""
    name, unit_id, roles, clearance = OFFICERS.get(officer_id, (officer_id, "", ("officer",), 0))
    told = {"name": name, "title": "เจ้าหน้าที่", "unit_id": unit_id, "roles": roles, "clearance": clearance}
    return said.OfficerAppointed(officer_id=officer_id, login=officer_id, **{**told, **changed})


def organisation() -> list[object]:
    """The whole office, as its stream begins."""
    return [*map(unit_added, UNITS), *map(appointed, OFFICERS)]


def actor(officer_id: str, **changed: Any) -> Actor:
    """The officer as the registry recognises them."""
    one = appointed(officer_id, **changed)
    keys = [officer_key(one.officer_id), unit_key(one.unit_id)]
    keys += [CENTRAL] if "registry_clerk" in one.roles else []
    keys += [AUDIT] if "auditor" in one.roles else []
    return Actor(
        officer_id=one.officer_id,
        login=one.login,
        name=one.name,
        title=one.title,
        unit_id=one.unit_id,
        roles=one.roles,
        clearance=one.clearance,
        keys=tuple(keys),
    )


def arrived(letter_id: str = "flood", particulars: Particulars = FLOOD) -> said.LetterArrived:
    """The letter about the flood lies in the tray."""
    return said.LetterArrived(
        letter_id=letter_id, channel="upload", arrived_at="2026-11-23T02:00:00+00:00", particulars=particulars, files=()
    )


def registered(letter_id: str = "flood", unit_id: str = "central", number: int = 1) -> said.LetterRegistered:
    """The letter has a receive number."""
    return said.LetterRegistered(
        letter_id=letter_id,
        unit_id=unit_id,
        book_id=f"{unit_id}:receive:2569",
        number=number,
        shown=f"{number}/2569",
        registered_at="2026-11-23T02:15:00+00:00",
    )
