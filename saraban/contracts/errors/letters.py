"""What can be wrong with a letter or with an act on it."""

from __future__ import annotations

from saraban.contracts.errors import Conflict, Invalid, NotAllowed, NotFound


class SubjectMissing(Invalid):
    """A letter without a subject."""

    code = "letters.subject_missing"
    th = "กรุณากรอกเรื่องของหนังสือ"
    en = "Please fill in the subject of the letter."


class TextTooLong(Invalid):
    """A field holds more than fits. `detail`: field, limit."""

    code = "letters.text_too_long"
    th = "ข้อความในช่อง {field} ยาวเกินไป (ไม่เกิน {limit} ตัวอักษร)"
    en = "The field {field} is too long (at most {limit} characters)."


class UnknownChoice(Invalid):
    """A field holds a word that is not one of its choices. `detail`: field, value, choices."""

    code = "letters.unknown_choice"
    th = "ค่า {value} ในช่อง {field} ไม่ถูกต้อง โปรดเลือกจาก {choices}"
    en = "{value} is not a choice for {field}. Choose one of {choices}."


class FileNotStored(Invalid):
    """A letter names a file that intake does not hold. `detail`: sha256."""

    code = "letters.file_not_stored"
    th = "ยังไม่มีไฟล์นี้ในระบบ โปรดอัปโหลดไฟล์ก่อนแล้วบันทึกอีกครั้ง"
    en = "This file is not stored yet. Upload it first, then repeat."


class TopSecretFile(Invalid):
    """A file came with a letter of the class ลับที่สุด, which never enters as a file."""

    code = "letters.top_secret_file"
    th = "หนังสือชั้นลับที่สุดห้ามนำไฟล์เข้าระบบ บันทึกได้เฉพาะเลขที่ ผู้ส่ง วันที่ และชั้นความลับ"
    en = "A top secret letter never enters as a file. Record only its number, sender, date and class."


class SecretByEmail(Invalid):
    """A classified letter was to go by ordinary e-mail."""

    code = "letters.secret_by_email"
    th = "หนังสือลับส่งทางไปรษณีย์อิเล็กทรอนิกส์ธรรมดาไม่ได้ โปรดเลือกส่งเป็นกระดาษ"
    en = "A classified letter must not go by ordinary e-mail. Choose paper for this recipient."


class RecipientsMissing(Invalid):
    """An outgoing letter has nobody to go to, or a recipient without name or address."""

    code = "letters.recipients_missing"
    th = "กรุณาระบุผู้รับและที่อยู่อย่างน้อยหนึ่งราย"
    en = "Name at least one recipient with an address."


class BodyMissing(Invalid):
    """An outgoing letter without text."""

    code = "letters.body_missing"
    th = "กรุณากรอกข้อความของหนังสือ"
    en = "Please write the text of the letter."


class ReasonMissing(Invalid):
    """An act that needs a reason came without one."""

    code = "letters.reason_missing"
    th = "กรุณาระบุเหตุผล"
    en = "Please give the reason."


class LetterNotFound(NotFound):
    """No such letter, or none that this person may know of."""

    code = "letters.not_found"
    th = "ไม่พบหนังสือฉบับนี้ หรือท่านไม่มีสิทธิ์เปิดดู"
    en = "There is no such letter, or none that you may see."


class UnitNotFound(NotFound):
    """No such unit. `detail`: unit_id."""

    code = "organisation.unit_not_found"
    th = "ไม่พบหน่วยงาน {unit_id}"
    en = "There is no unit {unit_id}."


class OfficerNotFound(NotFound):
    """No such officer. `detail`: officer_id."""

    code = "organisation.officer_not_found"
    th = "ไม่พบเจ้าหน้าที่ {officer_id}"
    en = "There is no officer {officer_id}."


class NotInThisState(Conflict):
    """The act does not fit the state of the letter. `detail`: status."""

    code = "letters.not_in_this_state"
    th = "ทำรายการนี้ไม่ได้ในสถานะปัจจุบันของหนังสือ ({status}) โปรดเปิดหนังสือใหม่เพื่อดูสถานะล่าสุด"
    en = "This cannot be done in the letter's present state ({status}). Open it again to see where it stands."


class AlreadyRegistered(Conflict):
    """The unit has given this letter a receive number already. `detail`: shown."""

    code = "letters.already_registered"
    th = "หน่วยงานลงทะเบียนรับหนังสือฉบับนี้แล้ว เลขรับ {shown}"
    en = "This unit has registered the letter already, as {shown}."


class OtherContentForKey(Conflict):
    """The same idempotency key came again with another command or other content."""

    code = "command.other_content"
    th = "รหัสคำสั่งนี้ใช้กับรายการอื่นไปแล้ว โปรดเปิดหน้าใหม่แล้วทำรายการอีกครั้ง"
    en = "This idempotency key was used for something else. Use a fresh key."


class NotYourUnit(NotAllowed):
    """The act belongs to officers of another unit."""

    code = "letters.not_your_unit"
    th = "รายการนี้เป็นของหน่วยงานอื่น"
    en = "This belongs to another unit."
