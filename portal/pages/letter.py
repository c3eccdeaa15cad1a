"""The page of one letter: what stands on it, its files, and all that is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from portal.calls import act, ask
from portal.pages.addressees import chosen
from portal.pages.history import history_of
from portal.pages.particulars import form_values
from portal.pages.paths import after
from portal.pages.showing import moved, wants_part
from portal.pages.viewer import views_of
from portal.pages.wrong import Wrong
from portal.session import required
from saraban.contracts.errors import NotSignedIn, SarabanError, Unavailable

page = Blueprint("letter", __name__)

Told = dict[str, Any]

DRAFTS = ("draft", "presented")
HISTORY_SHOWN = 20
"""Entries of the history on the letter's page; the others can be fetched from there."""


@page.get("/letters/<letter_id>")
def letter(letter_id: str) -> Response | str:
    """The whole page, or for its script only what is done with the letter; a draft has its own page."""
    shown = _whole(letter_id, after(), form=request.args.get("open", ""))
    if shown["letter"]["status"] in DRAFTS:
        return moved(f"/drafts/{letter_id}")
    if wants_part():
        return render_template("proceedings.html", live=True, **shown)
    return render_template("letter.html", **shown)


@page.post("/letters/<letter_id>/read")
def mark_read(letter_id: str) -> Response:
    """The page says that a reader has it open."""
    act("routing", "mark_read", letter_id=letter_id)
    return Response(status=204)


def proceed(letter_id: str, form: str, done: str, command: Callable[[], Told], date_field: str = "due") -> Response:
    """Do one act on the letter and show where it stands now; when refused, the same form with what is wrong."""
    try:
        told = command()
    except NotSignedIn:
        raise
    except SarabanError as error:
        return _refused(letter_id, form, Wrong(error, date_field))
    if not wants_part():
        return moved(f"/letters/{letter_id}", told, done)
    shown = _whole(letter_id, told["position"])
    return make_response(render_template("proceedings.html", done=done, live=True, **shown))


def _refused(letter_id: str, form: str, wrong: Wrong) -> Response:
    shown = _whole(letter_id, None, form=form)
    template = "proceedings.html" if wants_part() else "letter.html"
    context = {**shown, "wrong": wrong, "typed": request.form, "live": wants_part()}
    return make_response(render_template(template, **context), wrong.status)


def _whole(letter_id: str, position: int | None, form: str = "") -> Told:
    """Everything that the page shows. `form` names the form that is open. Raises LetterNotFound."""
    found = ask("registry", "letter", letter_id=letter_id, after=position)
    numbered = bool(found["registrations"] or found["sent_number"])
    outgoing = found["direction"] == "outgoing"
    return {
        "letter": found,
        "views": views_of(found),
        "numbered": numbered,
        "circulation": _circulation(letter_id, position),
        "letter_id": letter_id,
        "history": history_of(letter_id, HISTORY_SHOWN, after=position),
        "deliveries": _deliveries(letter_id, position) if outgoing else [],
        "form": form,
        "typed": {},
        "values": form_values(found["particulars"]),
        "may_number": _may_number(found),
        "chosen": chosen,
    }


def _may_number(letter: Told) -> bool:
    """Whether this officer keeps the register of a unit that has not numbered the letter yet."""
    actor = required().actor
    numbered_by = {one["unit_id"] for one in letter["registrations"] if not one["voided"]}
    keeps = actor.has("unit_registry", "registry_clerk")
    return letter["status"] == "registered" and keeps and actor.unit_id not in numbered_by


def _circulation(letter_id: str, position: int | None) -> Told:
    """The circulation, each order marked `mine` that is for this officer or their unit."""
    actor = required().actor
    me = {("officer", actor.officer_id), ("unit", actor.unit_id)}
    found: Told = ask("routing", "circulation", letter_id=letter_id, after=position)
    actions = [{**one, "mine": (one["to"]["kind"], one["to"]["id"]) in me} for one in found["actions"]]
    return {**found, "actions": actions}


def _deliveries(letter_id: str, position: int | None) -> list[Told]:
    """What became of the letter at each recipient; nothing while the mail service is away."""
    try:
        rows: list[Told] = ask("mail", "deliveries", letter_id=letter_id, after=position)["rows"]
    except Unavailable:
        return []
    return rows
