"""รอลงนาม: a head reads what was presented, signs it or gives it back; the unit then sends it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from portal.calls import act, ask
from portal.pages.draft_form import fresh
from portal.pages.letter import proceed
from portal.pages.letter_paper import paper_of
from portal.pages.paths import after
from portal.pages.showing import again, moved, this_page
from saraban.contracts.errors import SarabanError

page = Blueprint("sign", __name__)


@page.get("/to-sign")
def to_sign() -> str:
    """What waits for this head."""
    return render_template("to_sign.html", **ask("registry", "letters", which="to_sign", **this_page()))


@page.get("/to-sign/<letter_id>")
def read(letter_id: str) -> Response | str:
    """The letter as it will stand on paper, with the two buttons."""
    letter = ask("registry", "letter", letter_id=letter_id, after=after())
    if letter["status"] != "presented":
        return moved(f"/letters/{letter_id}")
    return render_template("sign.html", wrong=None, typed={}, **_shown(letter))


@page.post("/to-sign/<letter_id>")
def sign(letter_id: str) -> Response:
    """Sign; the send number is issued with it."""
    try:
        told = act("registry", "sign", letter_id=letter_id)
    except SarabanError as error:
        return again("sign.html", error, **_shown(ask("registry", "letter", letter_id=letter_id)))
    return moved(f"/letters/{letter_id}", told, "signed", number=told["shown"])


@page.post("/to-sign/<letter_id>/return")
def give_back(letter_id: str) -> Response:
    """Give it back for correction, with the reason."""
    reason = request.form.get("reason", "").strip()
    try:
        told = act("registry", "return_draft", letter_id=letter_id, reason=reason)
    except SarabanError as error:
        return again("sign.html", error, **_shown(ask("registry", "letter", letter_id=letter_id)))
    return moved("/to-sign", told, "returned")


@page.post("/letters/<letter_id>/send")
def send(letter_id: str) -> Response:
    """Give the signed letter out for delivery."""
    return proceed(letter_id, "send", "sent", lambda: act("registry", "send", letter_id=letter_id))


def _shown(letter: dict[str, Any]) -> dict[str, Any]:
    draft = fresh(letter)
    return {"letter": letter, "draft": draft, "paper": paper_of(draft, letter)}
