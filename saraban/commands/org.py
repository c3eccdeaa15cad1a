"""`saraban org import FILE.csv`: units and officers from a table."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

from saraban.broker.services import Caller
from saraban.commands.house import reach
from saraban.commands.say import say
from saraban.contracts.actor import SYSTEM, to_wire
from saraban.contracts.errors import Invalid
from saraban.contracts.ids import new_id
from saraban.settings import Settings

HELP = "import units and officers from a CSV file (UTF-8, first line names the columns)"
UNIT = ("unit_id", "name", "short_name", "code", "parent_id")
OFFICER = ("officer_id", "login", "name", "title", "unit_id")


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("act", choices=["import"])
    parser.add_argument("file", type=Path, help=f"units: {','.join(UNIT)},central; officers: {','.join(OFFICER)},…")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Import row by row, units or officers by the columns that are there."""
    with arguments.file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    with reach(settings) as services:
        for line, row in enumerate(rows, start=2):
            _import(services, row, line)
    say({"rows": len(rows)}, f"{len(rows)} rows imported", as_json=arguments.json)
    return 0


def _import(services: Caller, row: dict[str, str], line: int) -> None:
    try:
        act, told = ("appoint_officer", _officer(row)) if row.get("login") else ("add_unit", _unit(row))
    except (KeyError, ValueError) as error:
        raise Invalid({"reason": f"line {line}: {error}", "line": line}) from error
    services.call("registry", act, actor=to_wire(SYSTEM), command_id=new_id(), **told)


def _unit(row: dict[str, str]) -> dict[str, Any]:
    unit: dict[str, Any] = {field: row[field].strip() for field in UNIT}
    return {**unit, "parent_id": unit["parent_id"] or None, "central": row.get("central", "") in {"1", "true", "yes"}}


def _officer(row: dict[str, str]) -> dict[str, Any]:
    officer: dict[str, Any] = {field: row[field].strip() for field in OFFICER}
    roles = [role.strip() for role in (row.get("roles") or "officer").split()]
    return {**officer, "roles": roles, "clearance": int(row.get("clearance") or 0), "password": row.get("password")}
