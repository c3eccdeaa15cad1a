"""Which language the pages speak, and the switch."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request

from portal.pages.paths import own_path
from portal.window import window
from portal.words import LANGUAGES, name_of, say

COOKIE = "saraban_language"
YEAR_SECONDS = 365 * 24 * 3600

page = Blueprint("language", __name__)


def language() -> str:
    """The language of this request: the officer's choice, Thai otherwise."""
    chosen = request.cookies.get(COOKIE, "th")
    return chosen if chosen in LANGUAGES else "th"


def other_language() -> str:
    """The language that the switch offers."""
    return "en" if language() == "th" else "th"


def t(key: str, **values: object) -> str:
    """The words of `key` in the language of this request."""
    return say(language(), key, **values)


def named(group: str, value: str) -> str:
    """The name of one value of a group in the language of this request."""
    return name_of(language(), group, value)


@page.post("/language")
def switch() -> Response:
    """Remember the choice in a cookie and go back to where the officer was."""
    response = redirect(own_path(request.form.get("back"), "/inbox"), 303)
    chosen = request.form.get("language", "th")
    response.set_cookie(
        COOKIE, chosen, max_age=YEAR_SECONDS, samesite="Lax", httponly=True, secure=window().settings.secure_cookies
    )
    return response  # type: ignore[return-value]
