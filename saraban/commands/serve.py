"""`saraban serve`: everything in one process."""

from __future__ import annotations

import argparse
import time

from saraban.commands import house
from saraban.commands.say import say
from saraban.demo.organisation import DEMO_PASSWORD, SHOWN_LOGINS
from saraban.demo.seeding import seed
from saraban.journal import start_journal
from saraban.settings import Settings

HELP = "start all services and the portal in one process"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("--demo", action="store_true", help="fill an empty system with a demo agency and letters")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop."""
    start_journal()
    began = time.monotonic()

    def ready() -> None:
        seconds = time.monotonic() - began
        with house.reach(settings) as caller:
            if arguments.demo and caller.call("registry", "head")["position"] == 0:
                seed(caller, settings)
        say(*_greeting(settings, demo=arguments.demo, seconds=seconds), as_json=arguments.json)

    house.serve(settings, ready)
    return 0


def _greeting(settings: Settings, *, demo: bool, seconds: float) -> tuple[dict[str, object], str]:
    address = f"http://{settings.host}:{settings.port}"
    lines = [f"สารบรรณพร้อมใช้งานที่ {address}  (Saraban is ready, {seconds:.1f} s; Ctrl-C stops it)"]
    if demo:
        lines.append(f"ผู้ใช้ตัวอย่าง (demo logins), รหัสผ่าน (password): {DEMO_PASSWORD}")
        lines += [f"  {login:<10} {does}" for login, does in SHOWN_LOGINS]
    return {"address": address, "ready_seconds": round(seconds, 2)}, "\n".join(lines)
