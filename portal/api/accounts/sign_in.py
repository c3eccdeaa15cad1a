"""Signing in with login and password, for browsers; programs use a token."""

from __future__ import annotations

from flask import Response

from portal import session
from portal.api.answers import answer
from portal.api.asked import Body, Line
from portal.api.board import public
from portal.api.told import SignedIn


class SignIn(Body):
    """Who signs in."""

    login: Line
    password: Line


@public.post("/sign-in", summary="Sign in", responses={200: SignedIn})
def sign_in(body: SignIn) -> Response:
    """Sets the session cookie. Too many wrong passwords are throttled (429, Retry-After)."""
    told = session.sign_in(body.login, body.password)
    response = answer({name: told[name] for name in ("csrf", "actor", "expires_at")})
    session.set_cookie(response, told["token"])
    return response
