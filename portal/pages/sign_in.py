"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from portal.pages.paths import own_path
from portal.pages.showing import moved, refused
from portal.session import clear_cookie, current, set_cookie, sign_in, sign_out
from saraban.contracts.errors import SarabanError

page = Blueprint("sign_in", __name__)


@page.get("/sign-in")
def ask_who() -> Response | str:
    """The form, or straight on for whoever is signed in."""
    onward = own_path(request.args.get("next"), "/inbox")
    if current() is not None:
        return moved(onward)
    return render_template("sign_in.html", next=onward, login="", wrong=None)


@page.post("/sign-in")
def let_in() -> Response:
    """A session for the right login and password, the form again otherwise."""
    login = request.form.get("login", "").strip()
    onward = own_path(request.form.get("next"), "/inbox")
    try:
        told = sign_in(login, request.form.get("password", ""))
    except SarabanError as error:
        return refused("sign_in.html", error, next=onward, login=login)
    response = moved(onward)
    set_cookie(response, told["token"])
    return response


@page.post("/sign-out")
def let_out() -> Response:
    """End the session."""
    sign_out()
    response = moved("/sign-in")
    clear_cookie(response)
    return response
