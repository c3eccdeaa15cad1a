"""How the system reads a date that an officer types, said while they type."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from portal.pages.wrong import Wrong
from portal.session import required
from saraban.contracts.errors import SarabanError
from saraban.thai.dates import parse_date

page = Blueprint("reading", __name__)


@page.get("/reading/date")
def date() -> str:
    """The day that the typed text names, or what is wrong with it."""
    required()
    typed = next(iter(request.args.values()), "").strip()
    if not typed:
        return render_template("reading_date.html", day=None, wrong=None)
    try:
        return render_template("reading_date.html", day=parse_date(typed[:100]), wrong=None)
    except SarabanError as error:
        return render_template("reading_date.html", day=None, wrong=Wrong(error))
