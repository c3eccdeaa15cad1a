"""The last backup: whether there was one, of late, and whether it lacks files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from saraban import wiring
from saraban.backed_up import LastBackup, last_backup
from saraban.contracts.errors import SarabanError
from saraban.doctor.findings import Finding, notice, well, wrong
from saraban.settings import Settings


def look(settings: Settings) -> Iterator[Finding]:
    """What the last backup left as a note. Views that do not answer are told of elsewhere."""
    try:
        with closing(wiring.views(settings, "registry")) as views:
            last = last_backup(views)
    except (SarabanError, OSError):
        return
    yield _never() if last is None else _of(last)


def _never() -> Finding:
    return notice(
        "backup",
        ("ระบบนี้ยังไม่เคยสำรองข้อมูล", "This system was never backed up."),
        ("ตั้งเวลาให้ saraban backup ทำงานทุกคืน", "Let a timer run saraban backup every night."),
    )


def _of(last: LastBackup) -> Finding:
    at = last.at.isoformat(timespec="minutes")
    if last.missing:
        return wrong(
            "backup",
            (f"การสำรองข้อมูลเมื่อ {at} ขาด {last.missing} ไฟล์", f"The backup of {at} lacks {last.missing} files."),
            (
                "รัน saraban backup เพื่อดูชื่อไฟล์ แล้วหาจากสำเนาอื่น",
                "Run saraban backup: it names them. Look for other copies.",
            ),
        )
    if last.is_old(wiring.MachineClock().now()):
        return wrong(
            "backup",
            (f"สำรองข้อมูลครั้งล่าสุดเมื่อ {at}", f"The last backup is of {at}."),
            ("ดูว่าเหตุใดงานสำรองข้อมูลไม่สำเร็จ", "See why the timer's last run failed."),
        )
    return well("backup", f"สำรองข้อมูลครั้งล่าสุดเมื่อ {at}", f"The last backup is of {at}.")
