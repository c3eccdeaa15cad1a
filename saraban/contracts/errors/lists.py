"""What can be wrong with asking for a list."""

from __future__ import annotations

from saraban.contracts.errors import Invalid


class BadContinuation(Invalid):
    """A list was continued with words that this system did not give out."""

    code = "lists.bad_continuation"
    th = "ลิงก์หน้าถัดไปไม่ถูกต้อง โปรดเปิดรายการใหม่ตั้งแต่หน้าแรก"
    en = "This continuation is not ours. Open the list from its first page."
