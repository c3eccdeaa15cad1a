"""`saraban init`: the first steps of a new agency."""

from __future__ import annotations

import argparse

from saraban.commands.house import reach
from saraban.commands.say import say
from saraban.contracts.actor import SYSTEM, to_wire
from saraban.contracts.ids import new_id
from saraban.settings import Settings

HELP = "name the agency, make its central registry and its administrator"
FIELDS = ("name", "short-name", "code", "address", "email", "telephone")


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    for field in FIELDS:
        parser.add_argument(f"--{field}", required=True, help=f"the agency's {field.replace('-', ' ')}")
    parser.add_argument("--registry", default="กลุ่มสารบรรณ", help="name of the central registry unit")
    parser.add_argument("--login", default="admin", help="login of the administrator")
    parser.add_argument("--password", required=True, help="password of the administrator")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the organisation's first events; doing so again changes what differs."""
    agency = {field.replace("-", "_"): getattr(arguments, field.replace("-", "_")) for field in FIELDS}
    unit = {"unit_id": "central", "short_name": arguments.registry, "parent_id": None, "central": True}
    officer = {"officer_id": arguments.login, "login": arguments.login, "name": "ผู้ดูแลระบบ", "title": "ผู้ดูแลระบบ"}
    position = {"unit_id": "central", "roles": ["administrator"], "clearance": 0, "password": arguments.password}
    with reach(settings) as services:
        actor = to_wire(SYSTEM)
        services.call("registry", "name_agency", actor=actor, command_id=new_id(), **agency)
        services.call(
            "registry",
            "add_unit",
            actor=actor,
            command_id=new_id(),
            **unit,
            name=arguments.registry,
            code=arguments.code,
        )
        services.call("registry", "appoint_officer", actor=actor, command_id=new_id(), **officer, **position)
    say({"agency": agency["name"]}, f"{agency['name']} is set up", as_json=arguments.json)
    return 0
