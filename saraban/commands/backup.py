"""`saraban backup FOLDER`: keep everything that cannot be made anew; again into the same folder: what is new."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from saraban import wiring
from saraban.backup import Taken, take
from saraban.backup.folder import Folder
from saraban.backup.system import system
from saraban.commands.say import say
from saraban.settings import Settings

HELP = "back everything up into a folder, also while the system runs; again: only what is new"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("folder", type=Path, help="a folder of its own, best on another disk")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answers 1 when files are missing or damaged in the system: everything else is in the backup then."""
    with system(settings) as stores:
        taken = take(stores, Folder(arguments.folder), wiring.MachineClock().now())
    say(dataclasses.asdict(taken), _sentence(taken), as_json=arguments.json)
    return 1 if taken.missing else 0


def _sentence(taken: Taken) -> str:
    lines = [
        f"สำรองข้อมูลถึงรายการที่ {taken.position} แล้ว  (backed up to position {taken.position}, new are)",
        f"  {taken.commits} commits, {taken.objects} files, {taken.bytes} bytes, {taken.mails} waiting mails",
    ]
    lines += [f"ไฟล์นี้หายหรือเสียหาย (file missing or damaged): {sha256}" for sha256 in taken.missing]
    return "\n".join(lines)
