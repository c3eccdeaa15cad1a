"""The agency, its units and officers."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Fresh
from portal.api.board import api
from portal.api.told import Told
from portal.calls import ask


class Organisation(Told):
    """Logins and clearances only for administrators."""

    agency: dict[str, object] | None
    units: list[dict[str, object]]
    officers: list[dict[str, object]]


@api.get("/organisation", summary="Units and officers", responses={200: Organisation})
def organisation(query: Fresh) -> Response:
    """Everyone to whom a letter can be circulated."""
    return answer(ask("registry", "organisation", after=query.after))
