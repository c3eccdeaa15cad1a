"""รอลงทะเบียน: letters that came by mail or exchange; a clerk confirms what stands on them and gives the number."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from portal.calls import act, ask
from portal.pages.particulars import form_values, typed_particulars
from portal.pages.paths import after
from portal.pages.showing import again, moved, this_page
from portal.pages.viewer import views_of
from portal.window import window
from saraban.contracts.errors import SarabanError, Unavailable

page = Blueprint("tray", __name__)


@page.get("/tray")
def tray() -> str:
    """What waits for a number, and when the mailbox was last looked into."""
    told = ask("registry", "letters", which="tray", **this_page())
    return render_template("tray.html", checked=_checked(), **told)


@page.get("/tray/<letter_id>")
def waiting(letter_id: str) -> Response | str:
    """The particulars as the mail suggests them, beside its files; straight on when it has a number by now."""
    letter = ask("registry", "letter", letter_id=letter_id, after=after())
    if letter["status"] != "arrived":
        return moved(f"/letters/{letter_id}")
    typed = form_values(letter["particulars"])
    return render_template("tray_letter.html", letter=letter, views=views_of(letter), typed=typed, wrong=None)


@page.post("/tray/<letter_id>")
def register(letter_id: str) -> Response:
    """Confirm the particulars and give the receive number."""
    try:
        told = act("registry", "register", letter_id=letter_id, particulars=typed_particulars(request.form))
    except SarabanError as error:
        letter = ask("registry", "letter", letter_id=letter_id)
        return again("tray_letter.html", error, letter=letter, views=views_of(letter))
    return moved(f"/letters/{letter_id}/received", told)


@page.post("/letters/<letter_id>/register")
def register_again(letter_id: str) -> Response:
    """A unit that got the letter numbers it in its own register too."""
    told = act("registry", "register", letter_id=letter_id)
    return moved(f"/letters/{letter_id}/received", told)


def _checked() -> dict[str, Any]:
    """How the last look into the mailbox went; not ok when the mail service is away."""
    try:
        told: dict[str, Any] = window().services.call("mail", "checked")
    except Unavailable:
        return {"mail_checked_at": None, "ok": False}
    return told
