"""What can go wrong with the log."""

from __future__ import annotations

from saraban.contracts.errors import Conflict, Invalid, Unavailable


class VersionConflict(Conflict):
    """A draft expected another version of a stream than the log has. `detail`: stream, expected, actual."""

    code = "log.version_conflict"


class Unwritable(Invalid):
    """A draft holds something that the log cannot keep: a value outside JSON, half a character, a field of the wrong
    type. `detail`: command_id, reason."""

    code = "log.unwritable"
    th = "ข้อมูลมีค่าที่ระบบบันทึกไม่ได้ ({reason}) โปรดแก้ไขข้อมูลแล้วทำรายการอีกครั้ง"
    en = "It holds something that cannot be recorded ({reason}). Correct it, then repeat it."


class LogUnguarded(Unavailable):
    """The log's file lacks the unique index that keeps numbers from being given twice. `detail`: path, index."""

    code = "log.unguarded"
    th = "แฟ้มบันทึก {path} ขาดดัชนี {index} ที่ป้องกันเลขซ้ำ จึงไม่เริ่มทำงาน โปรดนำข้อมูลสำรองกลับมาใช้"
    en = "The log {path} lacks its unique index {index} and is not used without it. Restore it from a backup."


class StoreAlone(Unavailable):
    """The MongoDB server belongs to no replica set, so nothing could be promised about it. `detail`: path."""

    code = "store.alone"
    th = "MongoDB {path} ไม่ได้อยู่ใน replica set จึงไม่เริ่มทำงาน โปรดเริ่ม mongod ด้วย --replSet และสั่ง rs.initiate()"
    en = "MongoDB {path} is not part of a replica set. Start mongod with --replSet and run rs.initiate() once."


class LogDamaged(Unavailable):
    """A commit of the log cannot be read as what was written. `detail`: position, reason."""

    code = "log.damaged"
    th = "บันทึกลำดับที่ {position} เสียหาย ({reason}) โปรดตรวจด้วย saraban audit verify และนำข้อมูลสำรองกลับมาใช้"
    en = "Commit {position} of the log is damaged ({reason}). Run saraban audit verify and restore it from a backup."


class NotACheckpoint(Invalid):
    """What was given to prove the log against is not a checkpoint. `detail`: reason."""

    code = "log.not_a_checkpoint"
    th = "แฟ้มที่ระบุไม่ใช่จุดรับรองของบันทึก ({reason}) โปรดใช้แฟ้มที่ได้จาก saraban audit checkpoint"
    en = "This is not a checkpoint of the log ({reason}). Use a file made by saraban audit checkpoint."


class StoreFull(Unavailable):
    """The disk under the log or the objects is full; nothing was written, and work resumes when there is room."""

    code = "store.full"
    th = "เนื้อที่จัดเก็บเต็ม ยังไม่มีการบันทึกรายการนี้ โปรดแจ้งผู้ดูแลระบบแล้วทำรายการอีกครั้ง"
    en = "The storage is full. Nothing of this was recorded; tell the operator, then repeat it."


class StoreDamaged(Unavailable):
    """A database file is not readable as one any more. `detail`: path, reason."""

    code = "store.damaged"
    th = "แฟ้มข้อมูล {path} เสียหาย ({reason}) โปรดหยุดระบบและนำข้อมูลสำรองกลับมาใช้"
    en = "The database file {path} is damaged ({reason}). Stop Saraban and restore the file from a backup."


class StoreInUse(Unavailable):
    """Another process owns the embedded data folder. `detail`: folder, pid."""

    code = "store.in_use"
    th = "โฟลเดอร์ข้อมูล {folder} มีโปรแกรมอื่นใช้อยู่ (pid {pid}) โปรดหยุดโปรแกรมนั้นก่อน"
    en = "The data folder {folder} is in use by another process (pid {pid}). Stop it first."
