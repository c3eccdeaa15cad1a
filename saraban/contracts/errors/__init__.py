"""Every error that an officer, a program or an operator can meet, one tree:

SarabanError
├── Invalid        the input is wrong; says what to do about it
├── NotSignedIn    no session or token, or an expired one
├── NotAllowed     signed in, but this act is not theirs
├── NotFound       no such thing, or none that this person may know of
├── Conflict       the thing has moved on, or the same key came with other content
├── TooLarge       over a size limit; nothing was stored
├── Throttled      too many tries; says when to come back
└── Unavailable    something that Saraban needs is away or full; nothing was lost, try again

Each leaf lives beside this file in the module of its subject, has a stable `code` (never renamed: programs match on
it) and speaks Thai and English. `HTTP_STATUS` is the one table that turns kinds into HTTP.
"""

from __future__ import annotations

from typing import Any, ClassVar


class SarabanError(Exception):
    """The root. `th` and `en` tell a person what happened and what to do; `detail` holds plain values for programs."""

    code: ClassVar[str] = "error"
    th: ClassVar[str] = "เกิดข้อผิดพลาด"
    en: ClassVar[str] = "Something went wrong."

    def __init__(self, detail: dict[str, Any] | None = None) -> None:
        super().__init__(detail or {})
        self.detail: dict[str, Any] = detail or {}

    @property
    def message_th(self) -> str:
        """The Thai sentence with the detail filled in."""
        return self.th.format_map(_Blank(self.detail))

    @property
    def message_en(self) -> str:
        """The English sentence with the detail filled in."""
        return self.en.format_map(_Blank(self.detail))

    def __str__(self) -> str:
        return f"{self.code}: {self.message_th} / {self.message_en}"


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


class Invalid(SarabanError):
    """The input is wrong. `detail["field"]` names the field when one field is to blame."""

    code = "invalid"
    th = "ข้อมูลไม่ถูกต้อง: {reason}"
    en = "The input is not valid: {reason}"


class NotSignedIn(SarabanError):
    """No session or token came with the request, or it has expired."""

    code = "not_signed_in"
    th = "กรุณาเข้าสู่ระบบ"
    en = "Please sign in."


class NotAllowed(SarabanError):
    """The person is known, but this act is not theirs to do."""

    code = "not_allowed"
    th = "ท่านไม่มีสิทธิ์ทำรายการนี้ โปรดติดต่อผู้ดูแลระบบหากคิดว่าควรมี"
    en = "You may not do this. Ask an administrator if you think you should."


class NotFound(SarabanError):
    """There is no such thing, or none that this person may know of: the two look the same on purpose."""

    code = "not_found"
    th = "ไม่พบรายการที่ต้องการ"
    en = "There is no such thing here."


class Conflict(SarabanError):
    """The thing has moved on since it was read."""

    code = "conflict"
    th = "ข้อมูลเปลี่ยนไปแล้วตั้งแต่เปิดดู โปรดเปิดใหม่แล้วทำอีกครั้ง"
    en = "It has changed since you opened it. Open it again and repeat."


class TooLarge(SarabanError):
    """Over a size limit; nothing of it was stored."""

    code = "too_large"
    th = "ขนาดเกินกำหนด ไม่เกิน {limit} ไบต์"
    en = "Too large: the limit is {limit} bytes."


class Throttled(SarabanError):
    """Too many tries in a short time."""

    code = "throttled"
    th = "ลองหลายครั้งเกินไป โปรดลองใหม่ในอีก {seconds} วินาที"
    en = "Too many tries. Try again in {seconds} seconds."


class Unavailable(SarabanError):
    """Something that Saraban needs is away or full; nothing was half done."""

    code = "unavailable"
    th = "ระบบส่วนหนึ่งไม่พร้อมใช้งาน ({what}) ไม่มีข้อมูลสูญหาย โปรดลองใหม่อีกครั้ง"
    en = "A part of the system is not available ({what}). Nothing was lost; try again."


HTTP_STATUS: dict[type[SarabanError], int] = {
    Invalid: 400,
    NotSignedIn: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    Throttled: 429,
    Unavailable: 503,
    SarabanError: 500,
}


def http_status(error: SarabanError) -> int:
    """The HTTP status of an error: that of its nearest kind in the tree."""
    return next(HTTP_STATUS[kind] for kind in type(error).__mro__ if kind in HTTP_STATUS)
