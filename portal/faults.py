"""What is wrong with the fields of a request, said in Thai and English."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

FIELD_NAMES: dict[str, tuple[str, str]] = {
    "subject": ("เรื่อง", "subject"),
    "number": ("ที่", "letter number"),
    "dated": ("ลงวันที่", "date"),
    "sender": ("จาก", "sender"),
    "addressee": ("เรียน", "addressee"),
    "kind": ("ชนิดหนังสือ", "kind"),
    "urgency": ("ชั้นความเร็ว", "urgency"),
    "secrecy": ("ชั้นความลับ", "secrecy"),
    "deliver_by": ("ด่วนภายใน", "deliver by"),
    "references": ("อ้างถึง", "references"),
    "enclosures": ("สิ่งที่ส่งมาด้วย", "enclosures"),
    "remark": ("หมายเหตุ", "remark"),
    "particulars": ("รายละเอียดหนังสือ", "particulars"),
    "files": ("ไฟล์", "files"),
    "body": ("ข้อความ", "body"),
    "recipients": ("ผู้รับ", "recipients"),
    "closing": ("คำลงท้าย", "closing"),
    "reason": ("เหตุผล", "reason"),
    "note": ("บันทึก", "note"),
    "text": ("ข้อความเกษียน", "text"),
    "to": ("ถึง", "to"),
    "due": ("กำหนดแล้วเสร็จ", "due date"),
    "order": ("คำสั่งการ", "order"),
    "login": ("ชื่อผู้ใช้", "login"),
    "password": ("รหัสผ่าน", "password"),
    "q": ("คำค้น", "search words"),
    "name": ("ชื่อ", "name"),
}
"""Field → its name in the office's words."""

FAULTS: dict[str, tuple[str, str]] = {
    "missing": ("ต้องระบุ", "is missing"),
    "extra_forbidden": ("ไม่รู้จักช่องนี้", "is not a known field"),
    "string_too_short": ("ต้องไม่ว่าง", "is too short"),
    "string_too_long": ("ยาวเกิน {max_length} ตัวอักษร", "is longer than {max_length} characters"),
    "too_short": ("ต้องมีอย่างน้อย {min_length} รายการ", "needs at least {min_length}"),
    "too_long": ("มีได้ไม่เกิน {max_length} รายการ", "takes at most {max_length}"),
    "literal_error": ("ต้องเป็นหนึ่งใน {expected}", "is one of {expected}"),
    "string_pattern_mismatch": ("รูปแบบไม่ถูกต้อง", "does not have the right form"),
    "string_type": ("ต้องเป็นข้อความ", "is a text"),
    "int_type": ("ต้องเป็นจำนวนเต็ม", "is a whole number"),
    "int_parsing": ("ต้องเป็นจำนวนเต็ม", "is a whole number"),
    "bool_parsing": ("ต้องเป็น true หรือ false", "is true or false"),
    "list_type": ("ต้องเป็นรายการ", "is a list"),
    "model_type": ("ต้องเป็นออบเจกต์ JSON", "is a JSON object"),
    "greater_than_equal": ("ต้องไม่น้อยกว่า {ge}", "is at least {ge}"),
    "less_than_equal": ("ต้องไม่เกิน {le}", "is at most {le}"),
}
"""Kind of fault as pydantic names it → what to tell a person."""


def faults_of(error: ValidationError) -> list[dict[str, str]]:
    """Each fault with `field` (its path), `name_th`, `name_en`, `th` and `en`; at most the first twenty."""
    return [_fault(one) for one in error.errors(include_url=False, include_input=False)[:20]]


def _fault(one: Any) -> dict[str, str]:
    path = ".".join(str(step) for step in one["loc"])
    name = next((step for step in reversed(one["loc"]) if isinstance(step, str)), "")
    name_th, name_en = FIELD_NAMES.get(name, (path or "คำขอ", path or "the request"))
    th, en = FAULTS.get(one["type"], ("ค่าไม่ถูกต้อง", "is not valid"))
    context = {**one.get("ctx", {})}
    return {
        "field": path,
        "name_th": name_th,
        "name_en": name_en,
        "th": th.format_map(context),
        "en": en.format_map(context),
    }
