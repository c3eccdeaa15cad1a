"""Naming the agency."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, Line
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class NameAgency(Body):
    """What stands about the agency on its letters."""

    name: Line
    short_name: Line
    code: Line
    address: Line
    email: Line
    telephone: Line


@api.post("/organisation/agency", summary="Name the agency", responses={200: Done})
def name_agency(body: NameAgency) -> Response:
    """By an administrator. `email` is the central address of the agency."""
    return answer(act("registry", "name_agency", **body.model_dump()))
