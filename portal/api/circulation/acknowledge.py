"""Acknowledging a circulated letter."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import OneLetter
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


@api.post("/letters/<letter_id>/acknowledgement", summary="Acknowledge a letter (รับทราบ)", responses={200: Done})
def acknowledge(path: OneLetter) -> Response:
    """The proof that the officer took note."""
    return answer(act("routing", "acknowledge", letter_id=path.letter_id))
