"""ผู้รับหนังสือเวียน: everyone to whom a letter went, by unit and by how far they are."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from portal.calls import ask
from portal.pages.language import t
from portal.pages.paths import after
from portal.pages.showing import wants_part

page = Blueprint("readers", __name__)

NAMES = 100
"""Names that are shown or fetched at a time."""

STATES = ("unread", "read", "acknowledged")


@page.get("/letters/<letter_id>/readers")
def readers(letter_id: str) -> str:
    """The readers in one state and of one unit, or all; for a script the names only."""
    state, unit_id = _asked("state"), _asked("unit_id")
    continued = _asked("continue_from")
    told = ask(
        "routing", "readers", letter_id=letter_id, state=state, unit_id=unit_id, limit=NAMES,
        continue_from=continued, after=after(),
    )  # fmt: skip
    if wants_part():
        return render_template("reader_part.html", unit_id=unit_id, continued=continued, **told)
    reached = ask("routing", "circulation", letter_id=letter_id)
    letter = ask("registry", "letter", letter_id=letter_id)
    return render_template(
        "readers.html", letter_id=letter_id, letter=letter, state=state, unit_id=unit_id,
        units=_units(reached["units"]), lists=_lists(reached, unit_id), **told,
    )  # fmt: skip


def _asked(name: str) -> str | None:
    return request.args.get(name) or None


def _units(reached: list[dict[str, Any]]) -> list[tuple[str, str]]:
    named = [(one["unit_id"], t("readers.by_name") if one["unit_id"] == "by_name" else one["name"]) for one in reached]
    return [("", t("readers.all_units")), *named]


def _lists(reached: dict[str, Any], unit_id: str | None) -> list[tuple[str | None, int]]:
    """Each list with how many stand on it, of all units or of one. Who has acknowledged has read."""
    units = [one for one in reached["units"] if unit_id in (None, one["unit_id"])]
    everyone, unread, acknowledged = (sum(one[name] for one in units) for name in ("all", "unread", "acknowledged"))
    read = everyone - unread - acknowledged
    return [(None, everyone), ("unread", unread), ("read", read), ("acknowledged", acknowledged)]
