"""Choosing units and officers by a few letters of their name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from portal.calls import ask
from saraban.thai.search_key import search_key

page = Blueprint("addressees", __name__)

SHOWN = 30
FIELDS = ("to", "assignee")


@page.get("/addressees")
def addressees() -> str:
    """Those whose name, title or unit holds what was typed; all units when nothing was."""
    field = request.args.get("field", "")
    sought = request.args.get("sought", "") or request.args.get("sought_assignee", "")
    found = _found(search_key(sought), ask("registry", "organisation"))
    return render_template(
        "addressees.html", found=found[:SHOWN], more=len(found) > SHOWN, field=field if field in FIELDS else FIELDS[0]
    )


def chosen_ids(field: str) -> list[dict[str, str]]:
    """The addressees that a form chose (`unit:<id>`, `officer:<id>`), as the services take them."""
    parted = (value.partition(":") for value in dict.fromkeys(request.form.getlist(field)))
    return [{"kind": kind, "id": id_} for kind, _, id_ in parted]


def chosen(field: str) -> list[dict[str, str]]:
    """The same as the form shows them again, with their names."""
    values = request.form.getlist(field)
    if not values:
        return []
    everyone = _everyone(ask("registry", "organisation"))
    return [one for one in everyone if one["value"] in values]


def _found(key: str, organisation: dict[str, Any]) -> list[dict[str, str]]:
    everyone = _everyone(organisation)
    if not key:
        return [one for one in everyone if one["kind"] == "unit"]
    return [one for one in everyone if key in search_key(f"{one['name']} {one['more']}")]


def _everyone(organisation: dict[str, Any]) -> list[dict[str, str]]:
    units = {unit["unit_id"]: unit["name"] for unit in organisation["units"]}
    listed = [
        {"value": f"unit:{one['unit_id']}", "kind": "unit", "name": one["name"], "more": one["short_name"]}
        for one in organisation["units"]
    ]
    return listed + [
        {
            "value": f"officer:{one['officer_id']}",
            "kind": "officer",
            "name": one["name"],
            "more": f"{one['title']} {units.get(one['unit_id'], '')}".strip(),
        }
        for one in organisation["officers"]
    ]
