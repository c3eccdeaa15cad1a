"""`saraban token create`: a token with which a program acts as an officer."""

from __future__ import annotations

import argparse

from saraban.commands.house import reach
from saraban.commands.say import say
from saraban.settings import Settings

HELP = "make a token for a program"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("act", choices=["create"])
    parser.add_argument("name", help="what the token is for")
    parser.add_argument("--as", dest="login", required=True, help="login of the officer for whom the program acts")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the token and print it, this once."""
    with reach(settings) as services:
        actor = services.call("registry", "acting_as", login=arguments.login)
        made = services.call("registry", "create_token", actor=actor, name=arguments.name)
    say(made, made["token"], as_json=arguments.json)
    return 0
