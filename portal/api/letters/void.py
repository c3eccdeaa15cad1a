"""Voiding a registration."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, OneLetter, Reason
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class Void(Body):
    """Why the number is void."""

    reason: Reason


@api.post("/letters/<letter_id>/voiding", summary="Void a registration (ยกเลิกเลข)", responses={200: Done})
def void(path: OneLetter, body: Void) -> Response:
    """The number stays in the register, marked void, and is never given out again."""
    return answer(act("registry", "void", letter_id=path.letter_id, reason=body.reason))
