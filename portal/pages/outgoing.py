"""หนังสือส่งออก: what became of each letter at each recipient."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from portal.calls import act, ask
from portal.pages.letter import proceed
from portal.pages.showing import this_page

page = Blueprint("outgoing", __name__)

LISTS = ("open", "all", "letters")


@page.get("/outgoing")
def outgoing() -> str:
    """Deliveries under way, all deliveries, or the letters signed and sent."""
    asked = request.args.get("which", "")
    which = asked if asked in LISTS else LISTS[0]
    if which == "letters":
        told = ask("registry", "letters", which="outgoing", **this_page())
    else:
        told = ask("mail", "outgoing", which=which, **this_page())
    return render_template("outgoing.html", which=which, lists=LISTS, rows=told["rows"], next=told["next"])


@page.post("/letters/<letter_id>/deliveries/<delivery_id>/receipt")
def match_receipt(letter_id: str, delivery_id: str) -> Response:
    """Note by hand that the recipient has acknowledged, by telephone or on paper."""
    number = request.form.get("their_number", "").strip() or None
    return proceed(
        letter_id,
        "receipt",
        "receipt_matched",
        lambda: act("mail", "match_receipt", letter_id=letter_id, delivery_id=delivery_id, their_number=number),
    )
