"""`saraban restore FOLDER`: make an empty system what a backup holds."""

from __future__ import annotations

import argparse
import dataclasses
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from saraban import wiring
from saraban.backup import Restored, restore
from saraban.backup.folder import Folder
from saraban.backup.system import system
from saraban.commands.say import say
from saraban.engines.folder_lock import owned
from saraban.settings import Settings

HELP = "restore a backup into an empty system, in which no service runs"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("folder", type=Path, help="the folder that saraban backup made")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answers 1 when files were missing in the backup. Raises SystemNotEmpty, BackupDamaged, StoreInUse."""
    alone: AbstractContextManager[Any] = owned(settings.data_folder) if settings.alone() else nullcontext()
    with alone, system(settings) as stores:
        restored = restore(stores, Folder(arguments.folder), wiring.MachineClock().now())
    say(dataclasses.asdict(restored), _sentence(restored), as_json=arguments.json)
    return 1 if restored.missing else 0


def _sentence(restored: Restored) -> str:
    lines = [
        f"นำข้อมูลสำรองกลับมาถึงรายการที่ {restored.position} แล้ว  (restored to position {restored.position})",
        f"  {restored.objects} files, {restored.records} records, {restored.mails} waiting mails",
        "อีเมลที่ค้างส่งก่อนหน้านี้ถูกพักไว้ ดู saraban mail held  (mail asked for before now is held: saraban mail held)",
        "เลขที่ออกไปหลังการสำรองต้องจองไว้ก่อนใช้งาน ดู docs/operations.md  (reserve the numbers that were given out later)",
    ]
    lines += [f"ไฟล์นี้ไม่มีในข้อมูลสำรอง (file not in the backup): {sha256}" for sha256 in restored.missing]
    return "\n".join(lines)
