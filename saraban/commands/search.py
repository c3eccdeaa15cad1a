"""`saraban search WORDS`: find letters as an officer would."""

from __future__ import annotations

import argparse
from typing import Any

from saraban.commands.house import reach
from saraban.commands.say import say
from saraban.settings import Settings

HELP = "find letters by their words, as one officer may"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("words", nargs="+")
    parser.add_argument("--as", dest="login", required=True, help="login of the officer who asks")
    parser.add_argument("--limit", type=int, default=20)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the hits; answers 1 when there is none."""
    with reach(settings) as services:
        actor = services.call("registry", "acting_as", login=arguments.login)
        words = " ".join(arguments.words)
        found = services.call("search", "search", actor=actor, q=words, limit=arguments.limit)
    lines = [f"{_text(hit['subject'])}  {_text(hit['number'])}  {hit['letter_id']}" for hit in found["hits"]]
    say(found, "\n".join([*lines, f"({found['total']})"]), as_json=arguments.json)
    return 0 if found["hits"] else 1


def _text(parts: Any) -> str:
    return "".join(part[0] for part in parts)
