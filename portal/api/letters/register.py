"""Registering an arrived letter: a clerk confirms its particulars and it gets its number."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Body, Id, OneLetter, Particulars
from portal.api.board import api
from portal.api.told import Numbered
from portal.calls import act


class Register(Body):
    """What the clerk confirms; the letter's own particulars stay when left out."""

    particulars: Particulars | None = None
    unit_id: Id | None = Field(None, description="The unit whose book gives the number; the asker's own when left out.")


@api.post("/letters/<letter_id>/registration", summary="Register a letter (ลงทะเบียนรับ)", responses={200: Numbered})
def register(path: OneLetter, body: Register) -> Response:
    """Gives a letter the next receive number: one that came by mail, or, in a unit's own book, one that was registered
    by the central registry before."""
    particulars = body.particulars.model_dump(exclude_unset=True) if body.particulars else None
    return answer(act("registry", "register", letter_id=path.letter_id, particulars=particulars, unit_id=body.unit_id))
