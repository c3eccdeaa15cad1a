"""ทะเบียนหนังสือรับ (แบบ 13) and ทะเบียนหนังสือส่ง (แบบ 14): every number once, the newest first, day by day."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, render_template, request

from portal.calls import ask
from portal.pages.paths import after
from portal.session import required
from portal.words.dates import day_of
from saraban.thai.dates import BUDDHIST_OFFSET, bangkok

page = Blueprint("registers", __name__)

KINDS = ("receive", "send")
ROWS = 100
YEARS_BACK = 5


@page.get("/registers/<kind>")
def register(kind: str) -> str:
    """One register of a unit and year."""
    if kind not in KINDS:
        abort(404)
    organisation = ask("registry", "organisation")["units"]
    unit_id = request.args.get("unit_id") or _own_unit(organisation)
    year = _year()
    told = ask(
        "registry", "register_page", kind=kind, year=year, unit_id=unit_id, limit=ROWS,
        continue_from=request.args.get("continue_from"), after=after(),
    )  # fmt: skip
    return render_template(
        "register.html", kind=kind, year=year, years=_years(), unit_id=unit_id, units=_units(organisation, unit_id),
        days=_by_day(told["rows"]), next=told["next"],
    )  # fmt: skip


def _year() -> int:
    given = request.args.get("year", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) == 4 else _years()[0]


def _years() -> list[int]:
    now = bangkok(datetime.now(UTC)).year + BUDDHIST_OFFSET
    return list(range(now, now - YEARS_BACK, -1))


def _own_unit(units: list[dict[str, Any]]) -> str:
    """The unit whose register an officer means: for who sees to the whole agency, the central registry's."""
    actor = required().actor
    central = [unit["unit_id"] for unit in units if unit["central"]] if actor.has("registry_clerk", "auditor") else []
    return central[0] if central else actor.unit_id


def _units(units: list[dict[str, Any]], unit_id: str) -> list[tuple[str, str]]:
    """The units whose registers this officer may ask for; which of them answer is the registry's decision."""
    actor = required().actor
    everywhere = actor.has("registry_clerk", "auditor")
    return [
        (unit["unit_id"], unit["name"])
        for unit in units
        if everywhere or unit["unit_id"] == unit_id or f"unit:{unit['unit_id']}" in actor.keys
    ]


def _by_day(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows of each day, in their order."""
    days = groupby(rows, key=lambda row: day_of(row["registered_at"]).isoformat())
    return [(day, list(of_day)) for day, of_day in days]
