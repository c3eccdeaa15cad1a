"""How a page, a part of one, or a form with what is wrong in it is answered."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request

from portal.pages.paths import after, with_query
from portal.pages.wrong import Wrong
from saraban.contracts.errors import NotSignedIn, SarabanError

PAGE_SIZE = 50
"""Rows of a list on one page."""


def this_page() -> dict[str, Any]:
    """Which page of a list the address asks for, as the services take it."""
    return {"limit": PAGE_SIZE, "continue_from": request.args.get("continue_from"), "after": after()}


def wants_part() -> bool:
    """Whether a script of the page asks for a part of it."""
    return request.headers.get("HX-Request") == "true"


def moved(path: str, told: dict[str, Any] | None = None, done: str = "", **more: object) -> Response:
    """On to another page after an act: a page that has seen the act and says what was done."""
    target = with_query(path, after=told["position"] if told else None, done=done, **more)
    if wants_part():
        return Response(status=204, headers={"HX-Redirect": target})
    return make_response(redirect(target, 303))


def refused(template: str, error: SarabanError, **context: Any) -> Response:
    """The same form once more, with what is wrong and all that was typed."""
    wrong = Wrong(error)
    return make_response(render_template(template, wrong=wrong, **context), wrong.status)


def again(template: str, error: SarabanError, **context: Any) -> Response:
    """The form of someone who is signed in once more. Raises the error when they no longer are."""
    if error.code == NotSignedIn.code:
        raise error
    return refused(template, error, typed=request.form, **context)
