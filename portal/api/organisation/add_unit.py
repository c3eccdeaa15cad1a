"""Adding a unit to the agency."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, Id, Line
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class AddUnit(Body):
    """A unit, or its new facts when it is known already."""

    unit_id: Id
    name: Line
    short_name: Line
    code: Line
    parent_id: Id | None = None
    central: bool = False


@api.post("/organisation/units", summary="Add a unit", responses={200: Done})
def add_unit(body: AddUnit) -> Response:
    """By an administrator."""
    return answer(act("registry", "add_unit", **body.model_dump()))
