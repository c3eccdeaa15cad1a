"""The `saraban` command. `python -m saraban --help` lists what it can do."""

from __future__ import annotations

from saraban.broker.green import make_green

make_green()

import argparse  # noqa: E402 - the standard library must be patched before anything uses it
import importlib  # noqa: E402
import json  # noqa: E402
import sys  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from pydantic import ValidationError  # noqa: E402

from saraban.contracts.errors import Invalid, SarabanError  # noqa: E402
from saraban.journal import start_journal  # noqa: E402
from saraban.settings import Settings  # noqa: E402

COMMANDS = {
    "serve": "serve",
    "run": "run",
    "init": "init",
    "user": "user",
    "token": "token",
    "org": "org",
    "letter": "letter",
    "mail": "mail",
    "search": "search",
    "register": "register",
    "audit": "audit",
    "replay": "replay",
    "parked": "parked",
    "doctor": "doctor",
    "backup": "backup",
    "restore": "restore",
    "docs": "docs",
}
"""Command → its module under saraban/commands."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code: 0 done, 1 a finding, 2 an error that stderr explains."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser, commands = _parser()
    named = next((word for word in words if word in COMMANDS), None)
    for name in COMMANDS if named is None else [named]:
        module = importlib.import_module(f"saraban.commands.{COMMANDS[name]}")
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        command.add_argument("--json", action="store_true", help="answer in JSON")
        command.set_defaults(run=module.run)
        module.add(command)
    arguments = parser.parse_args(words)
    try:
        settings = _settings(arguments)
        start_journal(sys.stderr, service="saraban", level="WARNING", secrets=settings.secrets())
        code: int = arguments.run(arguments, settings)
    except ValidationError as error:
        names = ", ".join(f"SARABAN_{'_'.join(map(str, one['loc'])).upper()} ({one['msg']})" for one in error.errors())
        _explain(Invalid({"reason": names}), as_json=arguments.json)
        return 2
    except FileNotFoundError as error:
        _explain(Invalid({"reason": f"{error.filename}: no such file"}), as_json=arguments.json)
        return 2
    except SarabanError as error:
        _explain(error, as_json=arguments.json)
        return 2
    return code


def _parser() -> tuple[argparse.ArgumentParser, Any]:
    parser = argparse.ArgumentParser(prog="saraban", description="ระบบสารบรรณอิเล็กทรอนิกส์")
    parser.add_argument("--data-folder", type=Path, help="folder of the embedded size (setting data_folder)")
    parser.add_argument("--port", type=int, help="port of the portal (setting port)")
    return parser, parser.add_subparsers(title="commands", required=True, metavar="COMMAND")


def _settings(arguments: argparse.Namespace) -> Settings:
    given = {"data_folder": arguments.data_folder, "port": arguments.port}
    return Settings(**{name: value for name, value in given.items() if value is not None})


def _explain(error: SarabanError, *, as_json: bool) -> None:
    if as_json:
        told = {"code": error.code, "th": error.message_th, "en": error.message_en, "detail": error.detail}
        print(json.dumps(told, ensure_ascii=False), file=sys.stderr)  # noqa: T201 - this is a command line
    else:
        print(f"{error.message_th}\n{error.message_en}\n[{error.code}]", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
