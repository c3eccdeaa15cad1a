"""What can be wrong with an HTTP request, whatever it asks for."""

from __future__ import annotations

from saraban.contracts.errors import Invalid, NotAllowed


class OtherSite(NotAllowed):
    """The browser says that a page of another site sent this change. `detail`: origin."""

    code = "request.other_site"
    th = "คำขอนี้มาจากเว็บไซต์อื่น ({origin}) ระบบไม่รับ โปรดทำรายการจากหน้าเว็บของระบบ"
    en = "This request was sent by a page of another site ({origin}) and is refused. Use the pages of this system."


class NotReadable(Invalid):
    """The body is not of the announced type, or its type is not taken here. `detail`: expected."""

    code = "request.not_readable"
    th = "อ่านเนื้อหาของคำขอไม่ได้ โปรดส่งเป็น {expected}"
    en = "The body of the request cannot be read. Send {expected}."


class IdempotencyKeyMissing(Invalid):
    """An act came without the key that makes repeating it safe."""

    code = "request.idempotency_key_missing"
    th = "คำขอไม่มี Idempotency-Key โปรดส่งค่าที่ไม่ซ้ำต่อหนึ่งรายการ และใช้ค่าเดิมเมื่อส่งซ้ำ"
    en = "Send the header Idempotency-Key with a value of your own for each act; repeat an act with the same value."


class IdempotencyKeyNotValid(Invalid):
    """The key is too long or holds other than visible ASCII characters. `detail`: limit."""

    code = "request.idempotency_key_not_valid"
    th = "Idempotency-Key ต้องเป็นอักขระ ASCII ที่มองเห็นได้ ไม่เกิน {limit} ตัว"
    en = "An Idempotency-Key is 1 to {limit} visible ASCII characters."
