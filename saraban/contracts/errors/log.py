"""What can go wrong with the log."""

from __future__ import annotations

from saraban.contracts.errors import Conflict, Unavailable


class VersionConflict(Conflict):
    """A draft expected another version of a stream than the log has. `detail`: stream, expected, actual."""

    code = "log.version_conflict"


class StoreFull(Unavailable):
    """The disk under the log or the objects is full; nothing was written, and work resumes when there is room."""

    code = "store.full"
    th = "เนื้อที่จัดเก็บเต็ม ยังไม่มีการบันทึกรายการนี้ โปรดแจ้งผู้ดูแลระบบแล้วทำรายการอีกครั้ง"
    en = "The storage is full. Nothing of this was recorded; tell the operator, then repeat it."


class StoreInUse(Unavailable):
    """Another process owns the embedded data folder. `detail`: folder, pid."""

    code = "store.in_use"
    th = "โฟลเดอร์ข้อมูล {folder} มีโปรแกรมอื่นใช้อยู่ (pid {pid}) โปรดหยุดโปรแกรมนั้นก่อน"
    en = "The data folder {folder} is in use by another process (pid {pid}). Stop it first."
