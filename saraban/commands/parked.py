"""`saraban parked list|retry`: work that could not be done and waits for someone to look."""

from __future__ import annotations

import argparse

from saraban.commands.house import SERVICES, reach
from saraban.commands.say import say
from saraban.contracts.actor import SYSTEM, to_wire
from saraban.settings import Settings

HELP = "list parked work, or try it again"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("act", choices=["list", "retry"])
    parser.add_argument("key", nargs="?", help="retry only this one")
    parser.add_argument("--service", choices=[service.name for service in SERVICES], help="only of this service")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answers 1 when something is (still) parked."""
    names = [arguments.service] if arguments.service else [service.name for service in SERVICES]
    actor = to_wire(SYSTEM)
    with reach(settings) as services:
        if arguments.act == "retry":
            for name in names:
                for one in services.call(name, "parked_list", actor=actor):
                    if arguments.key in {None, one["key"]}:
                        services.call(name, "parked_retry", actor=actor, key=one["key"])
        parked = [{"service": name, **one} for name in names for one in services.call(name, "parked_list", actor=actor)]
    lines = [f"{one['service']}  {one['key']}  {one['since']}  {one['error']}" for one in parked]
    say(parked, "\n".join(lines) or "nothing is parked", as_json=arguments.json)
    return 1 if parked else 0
