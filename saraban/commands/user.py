"""`saraban user add`: an officer with a login."""

from __future__ import annotations

import argparse
import getpass

from saraban.commands.house import reach
from saraban.commands.say import say
from saraban.contracts.actor import ROLES, SYSTEM, to_wire
from saraban.contracts.ids import new_id
from saraban.settings import Settings

HELP = "add an officer, or change one"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("act", choices=["add"])
    parser.add_argument("login")
    parser.add_argument("--name", required=True, help="the officer's name")
    parser.add_argument("--title", required=True, help="the officer's position")
    parser.add_argument("--unit", required=True, help="id of the unit")
    parser.add_argument("--role", action="append", choices=ROLES, help="may be given several times (officer)")
    parser.add_argument("--clearance", type=int, default=0, help="highest secrecy level: 0 ปกติ to 3 ลับที่สุด")
    parser.add_argument("--password", help="asked for when left out")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Appoint the officer."""
    password = arguments.password or getpass.getpass()
    officer = {
        "officer_id": arguments.login,
        "login": arguments.login,
        "name": arguments.name,
        "title": arguments.title,
        "unit_id": arguments.unit,
        "roles": arguments.role or ["officer"],
        "clearance": arguments.clearance,
    }
    with reach(settings) as services:
        actor = to_wire(SYSTEM)
        services.call("registry", "appoint_officer", actor=actor, command_id=new_id(), password=password, **officer)
    say(officer, f"{arguments.login} can sign in", as_json=arguments.json)
    return 0
