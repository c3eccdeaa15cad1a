"""Signing out."""

from __future__ import annotations

from flask import Response

from portal import session
from portal.api.board import api
from saraban.contracts.errors import NotAllowed


@api.post("/sign-out", summary="Sign out", responses={204: None})
def sign_out() -> Response:
    """Ends the session of this request, everywhere. A program's token is revoked instead."""
    if session.required().kind != "session":
        raise NotAllowed
    session.sign_out()
    response = Response(status=204)
    session.clear_cookie(response)
    return response
