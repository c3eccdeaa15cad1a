"""เวียน: a letter goes to units and officers."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.calls import act
from portal.pages.addressees import chosen_ids
from portal.pages.letter import proceed

page = Blueprint("circulate", __name__)


@page.post("/letters/<letter_id>/circulate")
def circulate(letter_id: str) -> Response:
    """Circulate to all that were chosen, with a note."""
    to, note = chosen_ids("to"), request.form.get("note", "").strip()
    return proceed(
        letter_id, "circulate", "circulated", lambda: act("routing", "circulate", letter_id=letter_id, to=to, note=note)
    )
