"""`saraban mail import FILE|FOLDER…`: bring in mails from files, mboxes and Maildirs.

`saraban mail held`, `saraban mail release [KEY…]`, `saraban mail settle [KEY…]`: mail that is held back after a
restore, sending it, and saying that it had left before."""

from __future__ import annotations

import argparse
import io
import json
import mailbox
from collections.abc import Iterator
from pathlib import Path

from saraban import wiring
from saraban.commands.house import reach
from saraban.commands.say import say
from saraban.contracts.actor import SYSTEM, to_wire
from saraban.contracts.errors import SarabanError
from saraban.files import Files
from saraban.settings import Settings

HELP = "import e-mails (eml, mbox, Maildir), one JSON line each; or see to mail that is held after a restore"
HELD = ("held", "release", "settle")


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("act", choices=["import", *HELD])
    parser.add_argument("named", nargs="*", metavar="FILE|FOLDER|KEY", help="what to import, or which held mails")
    parser.add_argument("--all", action="store_true", help="all held mails")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answers 1 when a message could not even be kept, or when mail is (still) held."""
    if arguments.act in HELD:
        return _held(arguments, settings)
    return _import([Path(name) for name in arguments.named], settings)


def _held(arguments: argparse.Namespace, settings: Settings) -> int:
    actor = to_wire(SYSTEM)
    chosen = None if arguments.all else arguments.named
    with reach(settings) as services:
        if arguments.act != "held" and (arguments.all or arguments.named):
            services.call("mail", f"{arguments.act}_held", timeout=600, actor=actor, keys=chosen)
        held = services.call("mail", "held_mail", actor=actor)
    lines = [f"{one['key']}  {one['asked_at']}  {one['to']}" for one in held]
    say(held, "\n".join(lines) or "ไม่มีอีเมลที่พักไว้  (no mail is held)", as_json=arguments.json)
    return 1 if held else 0


def _import(paths: list[Path], settings: Settings) -> int:
    """Import each message on its own; one that fails stops nothing."""
    failed = False
    with reach(settings) as services:
        store = Files(settings.intake_address(), wiring.secret(settings), wiring.MachineClock())
        for name, raw in _messages(paths):
            try:
                kept = store.put(io.BytesIO(raw), name=name, media_type="message/rfc822")
                sha256 = kept["sha256"]
                became = services.call(
                    "mail", "import_mail", timeout=60, actor=to_wire(SYSTEM), sha256=sha256, name=name
                )
                line = {"name": name, "sha256": sha256, **became}
            except SarabanError as error:
                failed = True
                line = {"name": name, "became": "failed", "reason": error.code, "th": error.message_th}
            print(json.dumps(line, ensure_ascii=False))  # noqa: T201 - this is a command line
    return 1 if failed else 0


def _messages(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        if path.is_dir() and (path / "cur").is_dir():
            box: mailbox.Mailbox[mailbox.Message] = mailbox.Maildir(path, create=False)
            yield from ((key, box.get_bytes(key)) for key in sorted(box.keys()))
        elif path.is_dir():
            yield from _messages(sorted(path.iterdir()))
        elif path.read_bytes()[:5] == b"From ":
            old = mailbox.mbox(path, create=False)
            yield from ((f"{path.name}-{key}.eml", old.get_bytes(key)) for key in old.keys())  # noqa: SIM118
        else:
            yield path.name, path.read_bytes()
