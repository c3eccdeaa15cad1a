"""`saraban letter receive FILE…`: receive a letter from the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from saraban import wiring
from saraban.commands.house import reach
from saraban.commands.say import say
from saraban.contracts.actor import from_wire
from saraban.contracts.ids import new_id
from saraban.contracts.letters import SECRECIES, URGENCIES
from saraban.files import Files
from saraban.settings import Settings

HELP = "receive a letter: keep its files and give it the next receive number"
TEXTS = ("number", "dated", "sender", "addressee", "remark")


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("act", choices=["receive"])
    parser.add_argument("files", type=Path, nargs="*", help="the letter first, then its enclosures")
    parser.add_argument("--subject", required=True, help="เรื่อง")
    for field in TEXTS:
        parser.add_argument(f"--{field}", default="", help=field)
    parser.add_argument("--urgency", choices=URGENCIES, default="normal")
    parser.add_argument("--secrecy", choices=SECRECIES, default="normal")
    parser.add_argument("--as", dest="login", required=True, help="login of the clerk who receives")
    parser.add_argument("--key", help="idempotency key: the same again receives nothing new")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Store the files, receive the letter and print its number."""
    told = {field: getattr(arguments, field) for field in ("subject", "urgency", "secrecy", *TEXTS)}
    with reach(settings) as services:
        actor = services.call("registry", "acting_as", login=arguments.login)
        store = Files(settings.intake_address(), wiring.secret(settings), wiring.MachineClock())
        files = []
        for place, path in enumerate(arguments.files):
            with path.open("rb") as data:
                kept = store.put(data, name=path.name, actor=from_wire(actor))
            files.append({**kept, "role": "enclosure" if place else "letter"})
        command_id = f"{actor['officer_id']}:{arguments.key or new_id()}"
        received = services.call(
            "registry", "receive", actor=actor, command_id=command_id, particulars=told, files=files
        )
    say(received, f"เลขรับ {received['shown']}  ({received['letter_id']})", as_json=arguments.json)
    return 0
