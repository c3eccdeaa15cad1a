"""Signing a letter."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import OneLetter
from portal.api.board import api
from portal.api.told import Numbered
from portal.calls import act


@api.post("/drafts/<letter_id>/signature", summary="Sign a letter (ลงนาม)", responses={200: Numbered})
def sign(path: OneLetter) -> Response:
    """By the head to whom it was presented. The letter gets its send number and its fair copy as PDF."""
    return answer(act("registry", "sign", letter_id=path.letter_id))
