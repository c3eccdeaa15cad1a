"""The demo agency: the Secretariat of the Teachers' Council with its bureaus and sections, and officers in every role.

The agency and its units are modelled on the real one; every person is invented.
"""

from __future__ import annotations

from typing import Any

DEMO_PASSWORD = "saraban-demo"  # noqa: S105 - printed at the start of every demo; a demo has nothing to hide

AGENCY = {
    "name": "สำนักงานเลขาธิการคุรุสภา",
    "short_name": "คุรุสภา",
    "code": "ศธ ๕๑๐๐",
    "address": "๑๒๘/๑ ถนนนครราชสีมา แขวงดุสิต เขตดุสิต กรุงเทพฯ ๑๐๓๐๐",
    "email": "ksp@saraban.mail.go.th",
    "telephone": "๐ ๒๓๐๔ ๙๘๙๙",
}

_UNITS = (
    ("secretary", "เลขาธิการคุรุสภา", "ลธ.", "ศธ ๕๑๐๐", None, False),
    ("central", "กลุ่มสารบรรณ สำนักอำนวยการ", "สารบรรณกลาง", "ศธ ๕๑๐๑", "secretary", True),
    ("licence", "สำนักทะเบียนและใบอนุญาต", "สทบ.", "ศธ ๕๑๐๒", "secretary", False),
    ("licence-issue", "กลุ่มออกใบอนุญาต", "กอบ.", "ศธ ๕๑๐๒.๑", "licence", False),
    ("standards", "สำนักมาตรฐานวิชาชีพ", "สมว.", "ศธ ๕๑๐๓", "secretary", False),
    ("development", "สำนักพัฒนาวิชาชีพ", "สพว.", "ศธ ๕๑๐๔", "secretary", False),
    ("legal", "สำนักกฎหมายและจรรยาบรรณ", "สกจ.", "ศธ ๕๑๐๕", "secretary", False),
    ("finance", "กลุ่มคลัง สำนักอำนวยการ", "กค.", "ศธ ๕๑๐๑.๓", "secretary", False),
    ("it", "กลุ่มเทคโนโลยีสารสนเทศ สำนักอำนวยการ", "กทส.", "ศธ ๕๑๐๑.๔", "secretary", False),
)

_OFFICERS = (
    ("somsri", "นางสมศรี ใจเย็น", "เจ้าพนักงานธุรการชำนาญงาน", "central", ("registry_clerk", "officer"), 0),
    ("wichai", "นายวิชัย รักษาลับ", "นายทะเบียนข้อมูลข่าวสารลับ", "central", ("registry_clerk", "officer"), 2),
    ("somchai", "นายสมชาย วิชาการ", "เลขาธิการคุรุสภา", "secretary", ("head", "officer"), 3),
    ("malee", "นางสาวมาลี ขยันดี", "เจ้าพนักงานธุรการปฏิบัติงาน", "licence", ("unit_registry", "officer"), 0),
    ("prasit", "นายประสิทธิ์ มั่นคง", "ผู้อำนวยการสำนักทะเบียนและใบอนุญาต", "licence", ("head", "officer"), 1),
    ("anan", "นายอนันต์ ทะเบียน", "นักวิชาการศึกษาปฏิบัติการ", "licence", ("officer",), 0),
    ("kanya", "นางสาวกัญญา ออกบัตร", "นักวิชาการศึกษา", "licence-issue", ("officer",), 0),
    ("sunee", "นางสุนีย์ มาตรฐาน", "ผู้อำนวยการสำนักมาตรฐานวิชาชีพ", "standards", ("head", "officer"), 1),
    ("piti", "นายปิติ เกณฑ์ดี", "นักวิชาการศึกษาชำนาญการ", "standards", ("officer",), 0),
    ("chujai", "นางสาวชูใจ อบรม", "นักวิชาการศึกษา", "development", ("unit_registry", "officer"), 0),
    ("wira", "นายวีระ พัฒนา", "ผู้อำนวยการสำนักพัฒนาวิชาชีพ", "development", ("head", "officer"), 0),
    ("nida", "นางสาวนิดา นิติธรรม", "นิติกรชำนาญการ", "legal", ("officer",), 1),
    ("manop", "นายมานพ กฎหมาย", "ผู้อำนวยการสำนักกฎหมายและจรรยาบรรณ", "legal", ("head", "officer"), 2),
    ("duangjai", "นางดวงใจ การเงิน", "นักวิชาการเงินและบัญชี", "finance", ("unit_registry", "officer"), 0),
    ("admin", "นายธนา ระบบดี", "นักวิชาการคอมพิวเตอร์", "it", ("administrator",), 0),
    ("auditor", "นางตรวจตา ละเอียด", "ผู้ตรวจสอบภายใน", "secretary", ("auditor",), 0),
)

SHOWN_LOGINS = (
    ("somsri", "สารบรรณกลาง รับและเวียนหนังสือ"),
    ("malee", "สารบรรณหน่วยงาน สำนักทะเบียนและใบอนุญาต"),
    ("anan", "เจ้าหน้าที่ ร่างหนังสือ"),
    ("prasit", "ผู้อำนวยการสำนัก ลงนาม"),
    ("wichai", "นายทะเบียนข้อมูลข่าวสารลับ"),
    ("admin", "ผู้ดูแลระบบ"),
    ("auditor", "ผู้ตรวจสอบ"),
)
"""Demo logins that `saraban serve --demo` prints, each with what the officer does."""


def units() -> list[dict[str, Any]]:
    """The units, parents before children, as the registry's `add_unit` takes them."""
    fields = ("unit_id", "name", "short_name", "code", "parent_id", "central")
    return [dict(zip(fields, one, strict=True)) for one in _UNITS]


def officers() -> list[dict[str, Any]]:
    """The officers, as the registry's `appoint_officer` takes them; the login is the id."""
    fields = ("officer_id", "name", "title", "unit_id", "roles", "clearance")
    return [{**dict(zip(fields, one, strict=True)), "login": one[0]} for one in _OFFICERS]
