"""`saraban register print`: a register as text, in the columns of แบบ 13 and แบบ 14."""

from __future__ import annotations

import argparse
from typing import Any

from saraban.commands.house import reach
from saraban.commands.say import say
from saraban.settings import Settings

HELP = "print a register of received or sent letters"
COLUMNS = ("shown", "letter_number", "dated", "sender", "addressee", "subject", "action", "remark")


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("act", choices=["print"])
    parser.add_argument("kind", choices=["receive", "send"])
    parser.add_argument("--year", type=int, help="Buddhist year (this one)")
    parser.add_argument("--unit", help="id of the unit (the officer's own; the central one for its clerks)")
    parser.add_argument("--as", dest="login", required=True, help="login of the officer who asks")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print all rows, oldest number first."""
    asked = {"kind": arguments.kind, "year": arguments.year, "unit_id": arguments.unit, "limit": 200}
    rows: list[dict[str, Any]] = []
    with reach(settings) as services:
        actor = services.call("registry", "acting_as", login=arguments.login)
        page: dict[str, Any] = {"next": ""}
        while page["next"] is not None:
            page = services.call("registry", "register_page", actor=actor, continue_from=page["next"] or None, **asked)
            rows += page["rows"]
    rows.reverse()
    lines = ["\t".join(str(row[column] or "-") for column in COLUMNS) for row in rows]
    say(rows, "\n".join(["\t".join(COLUMNS), *lines]), as_json=arguments.json)
    return 0
