"""ร่างหนังสือ: the drafts of one's unit, writing one, revising it, presenting it for signature."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from portal.calls import act, ask
from portal.pages.draft_form import blank, form_of, fresh, reply_to, typed_draft
from portal.pages.letter_paper import paper_of
from portal.pages.paths import after
from portal.pages.showing import again, moved, this_page
from portal.session import required
from saraban.contracts.errors import SarabanError

page = Blueprint("drafts", __name__)


@page.get("/drafts")
def drafts() -> str:
    """The drafts of the officer's unit, those under signature too."""
    return render_template("drafts.html", **ask("registry", "letters", which="drafts", **this_page()))


@page.get("/drafts/new")
def begin() -> str:
    """An empty draft, or one that answers the letter `in_reply_to`."""
    required()
    answered = request.args.get("in_reply_to")
    typed = reply_to(ask("registry", "letter", letter_id=answered)) if answered else blank()
    return render_template("draft.html", wrong=None, **_shown(typed))


@page.post("/drafts/new")
def draft() -> Response:
    """Keep the new draft."""
    typed = typed_draft(request.form)
    try:
        told = act("registry", "draft", in_reply_to=request.form.get("in_reply_to") or None, **typed)
    except SarabanError as error:
        return again("draft.html", error, **_shown(form_of(request.form)))
    return moved(f"/drafts/{told['letter_id']}", told, "drafted")


@page.get("/drafts/<letter_id>")
def open_draft(letter_id: str) -> Response | str:
    """The draft as its state allows: to change, or only to look at."""
    letter = ask("registry", "letter", letter_id=letter_id, after=after())
    if letter["status"] not in ("draft", "presented"):
        return moved(f"/letters/{letter_id}")
    return render_template("draft.html", wrong=None, letter=letter, **_shown(fresh(letter), letter))


@page.post("/drafts/<letter_id>")
def revise(letter_id: str) -> Response:
    """Keep what was changed."""
    try:
        told = act("registry", "revise_draft", letter_id=letter_id, **typed_draft(request.form))
    except SarabanError as error:
        letter = ask("registry", "letter", letter_id=letter_id)
        return again("draft.html", error, letter=letter, **_shown(form_of(request.form), letter))
    return moved(f"/drafts/{letter_id}", told, "revised")


@page.post("/drafts/<letter_id>/present")
def present(letter_id: str) -> Response:
    """Present it to a head for signature."""
    head = request.form.get("to_officer_id", "")
    try:
        told = act("registry", "present_draft", letter_id=letter_id, to_officer_id=head)
    except SarabanError as error:
        letter = ask("registry", "letter", letter_id=letter_id)
        return again("draft.html", error, letter=letter, **_shown(fresh(letter), letter))
    return moved("/drafts", told, "presented")


@page.post("/drafts/preview")
def preview() -> str:
    """How the letter will look, while it is being written."""
    required()
    return render_template("letter_paper.html", paper=paper_of(form_of(request.form), None))


def _shown(typed: dict[str, Any], letter: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"draft": typed, "heads": _heads(), "paper": paper_of(typed, letter)}


def _heads() -> list[tuple[str, str]]:
    officers = ask("registry", "organisation")["officers"]
    return [(one["officer_id"], f"{one['name']} ({one['title']})") for one in officers if "head" in one["roles"]]
