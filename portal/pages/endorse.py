"""เกษียน: an officer writes on a letter and may order somebody to act; whoever acted says so."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.calls import act
from portal.pages.addressees import chosen_ids
from portal.pages.letter import Told, proceed

page = Blueprint("endorse", __name__)


@page.post("/letters/<letter_id>/endorse")
def endorse(letter_id: str) -> Response:
    """Endorse, with an order when one is chosen."""
    return proceed(letter_id, "endorse", "endorsed", lambda: _endorse(letter_id))


@page.post("/letters/<letter_id>/actions/<action_id>/done")
def action_done(letter_id: str, action_id: str) -> Response:
    """What was ordered is done."""
    note = request.form.get("note", "").strip()
    return proceed(
        letter_id,
        f"action-{action_id}",
        "action_done",
        lambda: act("routing", "action_done", letter_id=letter_id, action_id=action_id, note=note),
    )


def _endorse(letter_id: str) -> Told:
    form = request.form
    told: Told = act(
        "routing",
        "endorse",
        letter_id=letter_id,
        text=form.get("text", "").strip(),
        order=form.get("order") or None,
        to=next(iter(chosen_ids("assignee")), None),
        due=form.get("due", "").strip() or None,
    )
    return told
