"""What can go wrong with files: storing, reading and showing them."""

from __future__ import annotations

from saraban.contracts.errors import Invalid, NotAllowed, NotFound, TooLarge, Unavailable


class ChildKilled(Invalid):
    """Work on a file was stopped by its limits. `detail`: function; reason, one of `memory`, `cpu`, `wall`, `output`
    (too much printed or answered) and `crash`; last_words, the end of what the child printed."""

    code = "files.child_killed"
    th = "ระบบหยุดการประมวลผลไฟล์นี้ ({reason}) ต้นฉบับยังเก็บไว้ครบถ้วน โปรดเปิดอ่านจากต้นฉบับ"
    en = "Working on this file was stopped ({reason}). The original is kept as it came; open that."

    @property
    def reason(self) -> str:
        """Why it was stopped."""
        return str(self.detail.get("reason", "crash"))


class FileEmpty(Invalid):
    """An upload without a byte."""

    code = "files.empty"
    th = "ไฟล์ {name} ไม่มีข้อมูล โปรดตรวจสอบแล้วส่งใหม่"
    en = "The file {name} is empty. Check it and send it again."


class FileTruncated(Invalid):
    """An upload that ended before the length it had announced. `detail`: name, announced, received."""

    code = "files.truncated"
    th = "ได้รับไฟล์ {name} ไม่ครบ โปรดส่งใหม่"
    en = "The file {name} did not arrive whole. Send it again."


class FileTypeNotTaken(Invalid):
    """A file of a type that the office does not take. `detail`: name, media_type."""

    code = "files.type_not_taken"
    th = "ไม่รับไฟล์ชนิดนี้ ({name}) รับเฉพาะ PDF, PNG, JPEG, TIFF, DOCX, XLSX, TXT, EML และ ZIP"
    en = "Files like {name} are not taken; PDF, PNG, JPEG, TIFF, DOCX, XLSX, TXT, EML and ZIP are."


class FileTypeMismatch(Invalid):
    """The content is of another type than the name or the declared type says. `detail`: name, declared, found."""

    code = "files.type_mismatch"
    th = "เนื้อหาของไฟล์ {name} ไม่ตรงกับชนิดของไฟล์ (พบ {found}) โปรดตรวจสอบแล้วส่งใหม่"
    en = "The content of {name} is not what its name or declared type says (found {found}). Check it and send it again."


class FileTooLarge(TooLarge):
    """An upload over the limit; nothing of it was stored. `detail`: limit, in bytes."""

    code = "files.too_large"
    th = "ไฟล์ใหญ่เกินกำหนด (ไม่เกิน {limit} ไบต์) ระบบไม่ได้เก็บไฟล์นี้"
    en = "The file is over the limit of {limit} bytes. It was not stored."


class FileUnknown(NotFound):
    """No file with this SHA-256 is stored. `detail`: sha256."""

    code = "files.unknown"
    th = "ไม่พบไฟล์นี้ในระบบ โปรดส่งไฟล์ใหม่"
    en = "There is no such file here. Upload it first."


class BucketNotLocked(Unavailable):
    """Objects shall be kept under lock, but the bucket was made without. `detail`: bucket."""

    code = "files.bucket_not_locked"
    th = "ที่เก็บ {bucket} สร้างไว้โดยไม่มีการล็อก (object lock) โปรดสร้างใหม่พร้อมการล็อก หรือตั้ง SARABAN_OBJECTS_KEPT_DAYS=0"
    en = "The bucket {bucket} was made without object lock. Make one with it, or set SARABAN_OBJECTS_KEPT_DAYS=0."


class FileDamaged(Unavailable):
    """Bytes on their way to or from the object store are not what their SHA-256 tells. `detail`: sha256, found."""

    code = "files.damaged"
    th = "ข้อมูลของไฟล์เสียหายระหว่างทางหรือในที่จัดเก็บ โปรดลองใหม่ หากยังพบอีกให้แจ้งผู้ดูแลระบบ"
    en = "The bytes of the file were damaged on their way or in the store. Try again; if it stays, tell the operator."


class NotShowable(Invalid):
    """A file of which no page can be drawn: not a PDF or image, encrypted, broken, or without that page.
    `detail`: reason."""

    code = "files.not_showable"
    th = "แสดงภาพหน้าของไฟล์นี้ไม่ได้ ({reason}) โปรดเปิดต้นฉบับ"
    en = "No page of this file can be shown ({reason}). Open the original."


class TicketRefused(NotAllowed):
    """A file ticket that is missing, forged, expired, or for something else. `detail`: reason."""

    code = "files.ticket_refused"
    th = "ลิงก์เปิดไฟล์หมดอายุหรือไม่ถูกต้อง โปรดเปิดไฟล์จากหน้าหนังสืออีกครั้ง"
    en = "This link to the file has expired or is not valid. Open the file from the letter's page again."
