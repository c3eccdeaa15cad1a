"""Folders: rights and room, and the files that are installed beside the program."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from saraban.doctor.findings import Finding, notice, well, wrong
from saraban.settings import Settings

ROOM = 2_000_000_000
"""Bytes that should be free on the disk of the data folder."""

INSTALLED = (
    "@expo-google-fonts/sarabun/400Regular/Sarabun_400Regular.ttf",
    "@expo-google-fonts/sarabun/700Bold/Sarabun_700Bold.ttf",
    "@fontsource/sarabun/files",
    "htmx.org/dist/htmx.min.js",
    "pdfjs-dist/build/pdf.min.mjs",
)
"""What letters and pages are made with, in the assets folder."""


def look(settings: Settings) -> Iterator[Finding]:
    """What is wrong with the data folder."""
    folder = settings.data_folder
    if not folder.is_dir():
        made = ("จะสร้างเมื่อเริ่มระบบ", "It is made at the first start.")
        yield notice("folder", (f"ยังไม่มีโฟลเดอร์ข้อมูล {folder}", f"There is no data folder {folder} yet."), made)
        return
    yield from [*_rights(folder), *_room(folder)] or [well("folder", f"โฟลเดอร์ {folder} ใช้ได้", f"{folder} is sound.")]


def look_at_assets(settings: Settings) -> Iterator[Finding]:
    """What is missing of the typeface and the scripts."""
    root = settings.assets_folder
    missing = [name for name in INSTALLED if not (root / name).exists()]
    for name in missing:
        yield wrong(
            "assets",
            (f"ไม่มีแฟ้ม {name} ใน {root}", f"{name} is not installed in {root}: letters cannot be set without it."),
            ("รัน npm ci หรือตั้ง SARABAN_ASSETS_FOLDER ให้ถูก", "Run npm ci, or let SARABAN_ASSETS_FOLDER name the folder."),
        )
    if not missing:
        yield well("assets", "แบบอักษรและสคริปต์ครบ", "Typeface and scripts are installed.")


def _rights(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield wrong(
            "folder",
            (f"เขียนลงโฟลเดอร์ {folder} ไม่ได้", f"The data folder {folder} cannot be written."),
            (f"ให้สิทธิ์ผู้ใช้ uid {os.getuid()}", f"Give the user with uid {os.getuid()} the right to."),
        )
    if folder.stat().st_mode & (stat.S_IROTH | stat.S_IXOTH):
        yield notice(
            "folder",
            (f"ผู้ใช้อื่นของเครื่องเปิดโฟลเดอร์ {folder} ได้", f"Other users of this machine may look into {folder}."),
            (f"chmod o= {folder}", f"chmod o= {folder}"),
        )


def _room(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        yield wrong(
            "folder",
            (f"เนื้อที่ว่างเหลือ {free / 1e9:.1f} GB", f"{free / 1e9:.1f} GB are free on the disk of {folder}."),
            ("เพิ่มเนื้อที่หรือย้ายไฟล์อื่นออก", "Make room, or move the folder to a larger disk."),
        )
