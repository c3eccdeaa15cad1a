"""How the system reads a date or a deadline that an officer types, said while they type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as date_type
from datetime import datetime

from flask import Blueprint, render_template, request

from portal.pages.wrong import Wrong
from portal.session import required
from saraban.contracts.errors import SarabanError
from saraban.thai.dates import bangkok, parse_date, parse_moment

page = Blueprint("reading", __name__)


@page.get("/reading/date")
def date() -> str:
    """The day that the typed text names, or what is wrong with it."""
    return _read(parse_date, "date.hint")


@page.get("/reading/moment")
def moment() -> str:
    """The day and time that the typed text names, or what is wrong with it."""
    return _read(parse_moment, "moment.hint")


def _read(reader: Callable[[str], date_type], hint: str) -> str:
    required()
    typed = next(iter(request.args.values()), "").strip()[:100]
    read, wrong = None, None
    try:
        read = reader(typed) if typed else None
    except SarabanError as error:
        wrong = Wrong(error)
    clock = read.isoformat() if isinstance(read, datetime) else None
    day = bangkok(read).date() if isinstance(read, datetime) else read
    return render_template("reading_date.html", day=day, clock=clock, wrong=wrong, hint=hint)
