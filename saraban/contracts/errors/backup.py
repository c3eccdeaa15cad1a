"""What can go wrong with backups."""

from __future__ import annotations

from saraban.contracts.errors import Conflict, Invalid, Unavailable


class NotABackup(Invalid):
    """The folder holds no backup, or something else. `detail`: folder, reason."""

    code = "backup.not_a_backup"
    th = "โฟลเดอร์ {folder} ไม่ใช่ข้อมูลสำรองของสารบรรณ ({reason}) โปรดระบุโฟลเดอร์ที่ได้จาก saraban backup หรือโฟลเดอร์ว่าง"
    en = "The folder {folder} is no backup of Saraban ({reason}). Name one that saraban backup made, or an empty one."


class BackupOfAnotherLog(Conflict):
    """The folder holds the backup of another system, or of this one before its history changed. `detail`: folder,
    position."""

    code = "backup.other_log"
    th = "โฟลเดอร์ {folder} เก็บข้อมูลสำรองของระบบอื่น (ต่างกันที่รายการ {position}) โปรดใช้โฟลเดอร์ว่าง"
    en = "The folder {folder} holds the backup of another system (see commit {position}). Use an empty folder."


class BackupRunning(Conflict):
    """Another backup into the same folder is under way. `detail`: folder, pid."""

    code = "backup.running"
    th = "มีการสำรองข้อมูลลงโฟลเดอร์ {folder} อยู่แล้ว (pid {pid}) โปรดรอให้เสร็จ แล้วสำรองอีกครั้ง"
    en = "Another backup into the folder {folder} is under way (pid {pid}). Wait until it is done, then run it again."


class BackupDamaged(Unavailable):
    """Something in a backup is not what was written there. `detail`: what."""

    code = "backup.damaged"
    th = "ข้อมูลสำรองเสียหายที่ {what} โปรดใช้ข้อมูลสำรองชุดอื่น ยังไม่มีการเขียนบันทึกลงในระบบ"
    en = "The backup is damaged at {what}. Use another backup. Nothing was written to the log."


class SystemNotEmpty(Conflict):
    """A backup was to be restored into a system that holds something. `detail`: what."""

    code = "backup.system_not_empty"
    th = "นำข้อมูลสำรองกลับมาได้เฉพาะระบบที่ยังว่าง แต่ระบบนี้มี {what} แล้ว โปรดใช้โฟลเดอร์ข้อมูลหรือฐานข้อมูลใหม่"
    en = "A backup is restored into an empty system only; this one has {what}. Use a new data folder or database."


class RestoreDisturbed(Conflict):
    """Another process wrote to the log while a backup was being restored. `detail`: position."""

    code = "backup.restore_disturbed"
    th = "มีโปรแกรมอื่นเขียนบันทึกระหว่างนำข้อมูลกลับมา (รายการ {position}) โปรดหยุดทุกบริการ ล้างระบบ แล้วเริ่มใหม่"
    en = "Another process wrote to the log meanwhile (commit {position}). Stop all services, empty the system, restart."
