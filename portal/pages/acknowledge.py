"""ทราบ: a reader acknowledges a letter."""

from __future__ import annotations

from flask import Blueprint, Response

from portal.calls import act
from portal.pages.letter import proceed

page = Blueprint("acknowledge", __name__)


@page.post("/letters/<letter_id>/acknowledge")
def acknowledge(letter_id: str) -> Response:
    """Acknowledge, and show the letter as it stands then."""
    return proceed(letter_id, "acknowledge", "acknowledged", lambda: act("routing", "acknowledge", letter_id=letter_id))
