"""What can go wrong with mail: reading the box, quarantine, deliveries, handing over."""

from __future__ import annotations

from saraban.contracts.errors import Conflict, Invalid, NotFound, TooLarge, Unavailable


class MailGone(NotFound):
    """The mailbox holds no such mail any more. `detail`: uid."""

    code = "mail.gone"
    th = "ไม่พบอีเมลนี้ในกล่องจดหมายแล้ว"
    en = "The mailbox holds this mail no more."


class MailTooLarge(TooLarge):
    """A mail over the limit for reading. `detail`: size, limit."""

    code = "mail.too_large"
    th = "อีเมลใหญ่เกินกำหนด ({size} ไบต์ ไม่เกิน {limit} ไบต์) ระบบเก็บต้นฉบับไว้ในที่กักจดหมาย"
    en = "The mail is too large to be read ({size} bytes, limit {limit}). Its original is kept in quarantine."


class RecipientNotMailable(Invalid):
    """A mail names a recipient or sender to whom no mail can go. `detail`: address."""

    code = "mail.recipient_not_mailable"
    th = "ส่งอีเมลถึง “{address}” ไม่ได้ โปรดตรวจสอบที่อยู่อีเมล"
    en = 'No mail can go to "{address}". Check the address.'


class MailNotInQuarantine(Conflict):
    """The mail does not wait in quarantine (any more). `detail`: sha256."""

    code = "mail.not_in_quarantine"
    th = "อีเมลนี้ไม่ได้อยู่ในที่กักจดหมายแล้ว อาจมีเจ้าหน้าที่อื่นดำเนินการไปก่อน โปรดเปิดรายการใหม่"
    en = "This mail is not in quarantine any more; someone may have dealt with it. Open the list again."


class MailUnknown(NotFound):
    """No mail with this SHA-256 was fetched. `detail`: sha256."""

    code = "mail.unknown"
    th = "ไม่พบอีเมลนี้"
    en = "There is no such mail."


class DeliveryUnknown(NotFound):
    """The letter has no such delivery. `detail`: letter_id, delivery_id."""

    code = "mail.delivery_unknown"
    th = "ไม่พบรายการจัดส่งนี้ของหนังสือ"
    en = "The letter has no such delivery."


class MailNotWritten(Unavailable):
    """A mail that must leave could not be written; it is tried again. `detail`: what (the kind of failure)."""

    code = "mail.not_written"
    th = "จัดทำอีเมลไม่สำเร็จ ({what}) ระบบจะลองใหม่ โปรดแจ้งผู้ดูแลระบบ"
    en = "The mail could not be written ({what}). It will be tried again; tell the operator."
