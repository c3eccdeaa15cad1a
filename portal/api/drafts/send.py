"""Sending a signed letter."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import OneLetter
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


@api.post("/drafts/<letter_id>/dispatch", summary="Send a letter (ส่งหนังสือ)", responses={200: Done})
def send(path: OneLetter) -> Response:
    """To every recipient by their channel; see the letter's deliveries for what became of it."""
    return answer(act("registry", "send", letter_id=path.letter_id))
