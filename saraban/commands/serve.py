"""`saraban serve`: everything in one process."""

from __future__ import annotations

import argparse
from datetime import date

from saraban import wiring
from saraban.broker.services import Caller
from saraban.commands import house
from saraban.commands.say import say
from saraban.demo.organisation import DEMO_PASSWORD, SHOWN_LOGINS
from saraban.demo.seeding import seed
from saraban.journal import journalled
from saraban.settings import Settings
from saraban.thai.dates import bangkok

HELP = "start all services and the portal in one process"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("--demo", action="store_true", help="fill an empty system with a demo agency and letters")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop."""

    def ready() -> None:
        with house.reach(settings) as caller:
            if arguments.demo:
                _fill(caller, settings)
        say(*_greeting(settings, demo=arguments.demo), as_json=arguments.json)

    with journalled(level=settings.log_level, secrets=settings.secrets()):
        house.serve(settings, ready)
    return 0


def _fill(caller: Caller, settings: Settings) -> None:
    """Fill an empty system, or go on where an earlier start was interrupted."""
    unfinished = settings.data_folder / "demo-unfinished"
    if caller.call("registry", "head")["position"] == 0:
        unfinished.write_text(bangkok(wiring.MachineClock().now()).date().isoformat())
    if unfinished.exists():
        seed(caller, settings, date.fromisoformat(unfinished.read_text()))
        unfinished.unlink()


def _greeting(settings: Settings, *, demo: bool) -> tuple[dict[str, object], str]:
    address = f"http://{settings.host}:{settings.port}"
    lines = [f"สารบรรณพร้อมใช้งานที่ {address}  (Saraban is ready; Ctrl-C stops it)"]
    if demo:
        lines.append(f"ผู้ใช้ตัวอย่าง (demo logins), รหัสผ่าน (password): {DEMO_PASSWORD}")
        lines += [f"  {login:<10} {does}" for login, does in SHOWN_LOGINS]
    return {"address": address, "ready": True}, "\n".join(lines)
