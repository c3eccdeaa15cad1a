"""Who is signed in."""

from __future__ import annotations

from flask import Response

from portal import session
from portal.api.answers import answer
from portal.api.board import api
from portal.api.told import SignedIn


@api.get("/me", summary="Who am I", responses={200: SignedIn})
def me() -> Response:
    """The officer behind this session or token, and the session's CSRF value."""
    asking = session.required()
    return answer({"csrf": asking.csrf, "kind": asking.kind, "actor": asking.wire})
