"""หน่วยงานและบุคลากร: who works where; administrators add units and appoint officers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from portal.calls import act, ask
from portal.pages.showing import again, moved
from portal.window import window
from saraban.contracts.actor import ROLES
from saraban.contracts.errors import SarabanError

page = Blueprint("organisation", __name__)


@page.get("/organisation")
def organisation() -> str:
    """The tree of units with their officers."""
    return render_template("organisation.html", wrong=None, typed={}, form="", **_shown())


@page.post("/organisation/units")
def add_unit() -> Response:
    """A new unit below another."""
    form = request.form
    fields = {name: form.get(name, "").strip() for name in ("unit_id", "name", "short_name", "code")}
    try:
        act("registry", "add_unit", parent_id=form.get("parent_id") or None, central=False, **fields)
    except SarabanError as error:
        return again("organisation.html", error, form="unit", **_shown())
    return moved("/organisation", done="unit_added")


@page.post("/organisation/officers")
def appoint_officer() -> Response:
    """A new officer, or another position for one."""
    form = request.form
    fields = {name: form.get(name, "").strip() for name in ("officer_id", "login", "name", "title", "unit_id")}
    more = {"roles": form.getlist("roles"), "clearance": _level(form.get("clearance", "0"))}
    try:
        act("registry", "appoint_officer", password=form.get("password") or None, **fields, **more)
    except SarabanError as error:
        return again("organisation.html", error, form="officer", **_shown())
    window().recognitions.forget()
    return moved("/organisation", done="officer_appointed")


def _level(given: str) -> int:
    return int(given) if given in {"0", "1", "2", "3"} else 0


def _shown() -> dict[str, Any]:
    found = ask("registry", "organisation")
    units, officers = found["units"], found["officers"]
    return {"agency": found["agency"], "units": units, "tree": _below(None, units, officers), "roles": ROLES}


def _below(parent_id: str | None, units: list[Any], officers: list[Any]) -> list[dict[str, Any]]:
    """The units under a unit, each with its officers and the units under it."""
    return [
        {
            "unit": unit,
            "officers": [one for one in officers if one["unit_id"] == unit["unit_id"]],
            "below": _below(unit["unit_id"], units, officers),
        }
        for unit in units
        if unit["parent_id"] == parent_id
    ]
