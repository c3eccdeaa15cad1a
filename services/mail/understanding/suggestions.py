"""The particulars that a mail suggests; an officer confirms or corrects them before the letter gets its number."""

from __future__ import annotations

import re
from typing import Any

from saraban.contracts.errors import Invalid
from saraban.thai.dates import parse_date
from saraban.thai.numbers import arabic_digits
from services.mail.understanding.file_names import stem
from services.mail.understanding.mail import Understood

READ = 5_000
"""Characters of the sender's words in which particulars are looked for."""

LINE_LIMIT = 300
REMARK_LIMIT = 4_000

_PREFIX = re.compile(r"^\s*(?:(?:re|fwd?|fw|aw|ตอบกลับ|ตอบ|ส่งต่อ)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)
_REST_OF_NUMBER = (
    r"(?:\s?\([^()\n]{1,20}\))?\s?[\d๐-๙]{1,6}(?:\.[\d๐-๙]{1,4}){0,4}\s?/\s?(?:ว\s?)?[\d๐-๙]{1,6}(?![\d๐-๙])"
)
_NAMED_NUMBER = re.compile(rf"ที่\s*([ก-ฮ]{{1,4}}\.?{_REST_OF_NUMBER})")
_NUMBER = re.compile(rf"(?:^|[\s(:「“\"])([ก-ฮ]{{1,4}}{_REST_OF_NUMBER})", re.MULTILINE)
_DATED = re.compile(
    r"(?:ลงวันที่|วันที่|ลว\.?)\s*([\d๐-๙]{1,2}\s*(?:[ก-๙.]{3,12}\s*(?:พ\.?\s?ศ\.?\s*)?|[/\-][\d๐-๙]{1,2}[/\-])[\d๐-๙]{4})"
)
_BEFORE_SUBJECT = re.compile(
    rf"^\(?(?:ด่วนที่สุด|ด่วนมาก|ด่วน)?\)?\s*(?:หนังสือ)?\s*{_NAMED_NUMBER.pattern}"
    rf"(?:\s*{_DATED.pattern})?\s*(?:เรื่อง)?\s*[:：]?\s*"
)
_BEHIND_SUBJECT = re.compile(rf"\s*[(（]?{_NAMED_NUMBER.pattern}(?:\s*{_DATED.pattern})?[)）]?\s*$")
_SUBJECT_LINE = re.compile(r"^\s*เรื่อง\s*[:：]?\s*(\S.{2,280})$", re.MULTILINE)
_ADDRESSEE_LINE = re.compile(r"^\s*เรียน\s*[:：]?\s*(\S.{2,200})$", re.MULTILINE)
_BEGIN, _END = r"(?:^|[\s\[(「“\"*<:])", r"(?=$|[\s\])」”\"*!>:,.])"
_URGENCY = (("most_urgent", "ด่วนที่สุด"), ("very_urgent", "ด่วนมาก"), ("urgent", "ด่วน"))
_SECRECY = (("secret", "ลับที่สุด"), ("secret", "ลับมาก"), ("confidential", "ลับ"))

NOTES = {
    "attached_mail": "มีอีเมลแนบมาในอีเมล ระบบแยกไฟล์ข้างในออกมาด้วยแล้ว",
    "attached_mail_unreadable": "มีอีเมลแนบที่เปิดอ่านไม่ได้",
    "attachment_not_taken": "มีไฟล์แนบที่ระบบไม่แยกเก็บ โปรดเปิดจากอีเมลต้นฉบับ",
    "damaged_subject": "ชื่อเรื่องมีตัวอักษรที่อ่านไม่ได้ โปรดเทียบกับต้นฉบับ",
    "damaged_text": "ข้อความมีตัวอักษรที่อ่านไม่ได้ โปรดเทียบกับต้นฉบับ",
    "empty_attachment": "มีไฟล์แนบที่ว่างเปล่า โปรดสอบถามผู้ส่ง",
    "empty_subject": "อีเมลไม่มีชื่อเรื่อง",
    "encrypted_mail": "อีเมลเข้ารหัสลับ โปรดเปิดด้วยโปรแกรมของผู้รับ",
    "encrypted_pdf": "ไฟล์ PDF มีรหัสผ่าน โปรดขอรหัสจากผู้ส่ง",
    "link_instead_of_file": "ผู้ส่งให้ลิงก์แทนไฟล์แนบ โปรดเปิดดูและนำไฟล์เข้าระบบ",
    "top_secret": "ผู้ส่งระบุชั้นลับที่สุด ซึ่งห้ามส่งทางอีเมล โปรดปฏิบัติตามระเบียบ",
    "winmail": "มีไฟล์ winmail.dat ต้องเปิดด้วยโปรแกรม Outlook",
}
"""What a clerk reads in the remark for each flag."""


def suggest(mail: Understood, flags: tuple[str, ...]) -> dict[str, Any]:
    """The particulars in the registry's words, as far as the mail tells them. `flags` are noted in the remark."""
    subject = _PREFIX.sub("", mail.subject).strip()
    text = mail.text[:READ]
    bare = _BEHIND_SUBJECT.sub("", _BEFORE_SUBJECT.sub("", subject)).strip()
    secrecy = _marked(subject, _SECRECY, "normal")
    if _marked(subject, (("top", "ลับที่สุด"),), ""):
        flags = (*flags, "top_secret")
    return {
        "subject": (bare or subject or _instead_of_subject(mail))[:LINE_LIMIT],
        "number": _first(_NAMED_NUMBER, subject, text) or _first(_NUMBER, subject, text),
        "dated": _dated(subject, text),
        "sender": (mail.sender.name or mail.sender.address)[:LINE_LIMIT],
        "addressee": _first(_ADDRESSEE_LINE, text)[:LINE_LIMIT],
        "urgency": _marked(subject, _URGENCY, "normal"),
        "secrecy": secrecy,
        "remark": _remark(mail, flags),
    }


def _first(pattern: re.Pattern[str], *texts: str) -> str:
    return next((found[1].strip() for text in texts if (found := pattern.search(text))), "")


def _dated(*texts: str) -> str | None:
    """The first date that is one, as ISO."""
    for written in (found for text in texts for found in _DATED.findall(text)):
        try:
            return parse_date(arabic_digits(written)).isoformat()
        except Invalid:
            continue
    return None


def _marked(subject: str, choices: tuple[tuple[str, str], ...], otherwise: str) -> str:
    return next((value for value, word in choices if re.search(_BEGIN + word + _END, subject)), otherwise)


def _instead_of_subject(mail: Understood) -> str:
    named = (stem(one.name) for one in mail.attachments)
    return _first(_SUBJECT_LINE, mail.text[:READ]) or next(filter(None, named), "") or "(ไม่มีชื่อเรื่อง)"


def _remark(mail: Understood, flags: tuple[str, ...]) -> str:
    notes = [f"({NOTES[flag]})" for flag in flags if flag in NOTES]
    return "\n".join([*notes, mail.text])[:REMARK_LIMIT].strip()
