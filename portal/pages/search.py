"""ค้นหา: one box that finds letters by any words in them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from portal.calls import ask
from portal.pages.paths import after, with_query
from portal.session import required

page = Blueprint("search", __name__)

SHOWN = 20
FILTERS = {"direction": ("incoming", "outgoing"), "urgency": ("urgent", "very_urgent", "most_urgent")}


@page.get("/search")
def search() -> str:
    """The hits, best first, with the words found marked."""
    required()
    sought = request.args.get("q", "").strip()[:500]
    facets = {name: [value] for name, values in FILTERS.items() if (value := request.args.get(name)) in values}
    offset = _offset()
    told: dict[str, Any] = {"total": 0, "hits": []}
    if sought:
        told = ask("search", "search", q=sought, facets=facets, limit=SHOWN, offset=offset, after=after())
    kept = {name: values[0] for name, values in facets.items()}
    onward = with_query("/search", q=sought, offset=offset + SHOWN, **kept) if told["total"] > offset + SHOWN else None
    return render_template("search.html", sought=sought, filters=FILTERS, kept=kept, onward=onward, **told)


def _offset() -> int:
    given = request.args.get("offset", "")
    return min(int(given), 10_000) if given.isascii() and given.isdigit() and len(given) < 7 else 0
