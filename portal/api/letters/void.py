"""Voiding a registration."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Body, Id, OneLetter, Reason
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class Void(Body):
    """Why the number is void."""

    reason: Reason
    unit_id: Id | None = Field(None, description="The unit whose number it is; the asker's own when left out.")


@api.post("/letters/<letter_id>/voiding", summary="Void a registration (ยกเลิกเลข)", responses={200: Done})
def void(path: OneLetter, body: Void) -> Response:
    """The number stays in the register, marked void, and is never given out again."""
    return answer(act("registry", "void", letter_id=path.letter_id, reason=body.reason, unit_id=body.unit_id))
