"""`saraban replay SERVICE`: rebuild a service's views from the log beside the live ones, compare, and swap."""

from __future__ import annotations

import argparse

from saraban.commands.house import SERVICES, reach
from saraban.commands.say import say
from saraban.contracts.actor import SYSTEM, to_wire
from saraban.settings import Settings

HELP = "rebuild a service's views from the log"
SECONDS = 3600.0


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("service", nargs="+", choices=[service.name for service in SERVICES])
    parser.add_argument("--check", action="store_true", help="compare only; the live views stay")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answers 1 when a rebuilt view differs from the live one."""
    asked = {"timeout": SECONDS, "actor": to_wire(SYSTEM), "check_only": arguments.check}
    with reach(settings) as services:
        told = [services.call(name, "replay_views", **asked) for name in arguments.service]
    lines = [f"{one['service']}: {one['position']} commits, {one['documents']} documents, " for one in told]
    verdicts = ["equal" if not one["differences"] else f"DIFFERS: {one['differences'][:5]}" for one in told]
    say(told, "\n".join(map(str.__add__, lines, verdicts)), as_json=arguments.json)
    return 1 if any(one["differences"] for one in told) else 0
