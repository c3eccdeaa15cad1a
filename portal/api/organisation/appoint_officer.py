"""Appointing an officer to a position."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Body, Id, Line
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act
from portal.window import window


class AppointOfficer(Body):
    """An officer in their unit; or the new position of one who is known already."""

    officer_id: Id
    login: Line
    name: Line
    title: Line
    unit_id: Id
    roles: list[Line] = Field(max_length=10)
    clearance: int = Field(0, ge=0, le=3)
    password: Line | None = None


@api.post("/organisation/officers", summary="Appoint an officer", responses={200: Done})
def appoint_officer(body: AppointOfficer) -> Response:
    """By an administrator. The new rights count at once."""
    told = act("registry", "appoint_officer", **body.model_dump())
    window().recognitions.forget()
    return answer(told)
