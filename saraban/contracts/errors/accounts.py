"""What can go wrong with signing in and with accounts."""

from __future__ import annotations

from saraban.contracts.errors import Conflict, Invalid, NotAllowed, NotSignedIn, Throttled


class WrongPassword(NotSignedIn):
    """The login or the password is wrong; which of them is not told."""

    code = "accounts.wrong_password"
    th = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง โปรดตรวจสอบแล้วลองใหม่"
    en = "The login or the password is wrong. Check them and try again."


class TooManyTries(Throttled):
    """Too many wrong passwords for this login or from this place. `detail`: seconds."""

    code = "accounts.throttled"
    th = "ใส่รหัสผ่านผิดหลายครั้ง โปรดลองใหม่ในอีก {seconds} วินาที"
    en = "Too many wrong passwords. Try again in {seconds} seconds."


class PasswordTooShort(Invalid):
    """A new password has fewer characters than allowed. `detail`: minimum."""

    code = "accounts.password_too_short"
    th = "รหัสผ่านใหม่ต้องมีอย่างน้อย {minimum} ตัวอักษร"
    en = "A new password needs at least {minimum} characters."


class LoginTaken(Conflict):
    """Another officer has this login. `detail`: login."""

    code = "accounts.login_taken"
    th = "มีผู้ใช้ชื่อ {login} แล้ว โปรดเลือกชื่ออื่น"
    en = "The login {login} is taken. Choose another."


class CsrfMismatch(NotAllowed):
    """A change came without the session's own token: a stale page, or another site."""

    code = "accounts.csrf"
    th = "หน้านี้หมดอายุ โปรดโหลดหน้าใหม่แล้วทำรายการอีกครั้ง"
    en = "This page is stale. Reload it and try again."
