"""รหัสเชื่อมต่อ: the tokens by which programs sign in, shown once when they are made."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from portal.calls import ask
from portal.pages.showing import again, moved
from portal.window import window
from saraban.contracts.errors import SarabanError

page = Blueprint("tokens", __name__)


@page.get("/tokens")
def tokens() -> str:
    """The tokens that this officer may revoke."""
    return render_template("tokens.html", wrong=None, typed={}, fresh=None, **_shown())


@page.post("/tokens")
def create() -> Response:
    """A new token; the answer is the only page that ever shows it."""
    name = request.form.get("name", "").strip()
    try:
        told = ask("registry", "create_token", name=name, officer_id=request.form.get("officer_id") or None)
    except SarabanError as error:
        return again("tokens.html", error, fresh=None, **_shown())
    return make_response(render_template("tokens.html", wrong=None, typed={}, fresh=told["token"], **_shown()))


@page.post("/tokens/<token_id>/revoke")
def revoke(token_id: str) -> Response:
    """The token is worthless from now on."""
    ask("registry", "revoke_token", token_id=token_id)
    window().recognitions.forget()
    return moved("/tokens", done="token_revoked")


def _shown() -> dict[str, Any]:
    officers = ask("registry", "organisation")["officers"]
    names = {one["officer_id"]: one["name"] for one in officers}
    rows = [{**row, "officer": names.get(row["officer_id"], "")} for row in ask("registry", "tokens")]
    return {"rows": rows, "officers": [(one["officer_id"], one["name"]) for one in officers]}
