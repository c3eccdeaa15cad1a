"""`saraban replay SERVICE`: rebuild a service's views from the log beside the live ones, compare, and swap; for search
the index too."""

from __future__ import annotations

import argparse
from typing import Any

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
    lines = [f"{name}: {_verdict(one)}" for name, one in zip(arguments.service, told, strict=True)]
    named = [{"service": name, **one} for name, one in zip(arguments.service, told, strict=True)]
    say(named, "\n".join(lines), as_json=arguments.json)
    return 0 if all(one["alike"] for one in told) else 1


def _verdict(replayed: dict[str, Any]) -> str:
    index = _index_verdict(replayed["index"]) if "index" in replayed else ""
    if not replayed["differences"]:
        return f"{replayed['position']} commits, the rebuilt views equal the live ones{index}"
    return f"{replayed['position']} commits, DIFFERENT: {replayed['differences'][:5]} {replayed['unfollowed']}{index}"


def _index_verdict(index: dict[str, Any]) -> str:
    if index["alike"]:
        return f"; {index['letters']} letters, the index holds them as they are"
    wrong = {kind: index[kind][:5] for kind in ("missing", "superfluous", "outdated") if index[kind]}
    return f"; {index['letters']} letters, the index is DIFFERENT: {wrong}"
