"""Changing one's own password."""

from __future__ import annotations

from flask import Response

from portal.api.asked import Body, Line
from portal.api.board import api
from portal.calls import ask


class ChangePassword(Body):
    """The password of today and the one from now on."""

    old: Line
    new: Line


@api.post("/password", summary="Change my password", responses={204: None})
def change_password(body: ChangePassword) -> Response:
    """Of the officer who is signed in."""
    ask("registry", "change_password", old=body.old, new=body.new)
    return Response(status=204)
