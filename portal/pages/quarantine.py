"""จดหมายกักไว้: mails that could not be understood, each with its reason and what can be done about it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from portal.calls import act, ask
from portal.pages.particulars import typed_particulars
from portal.pages.paths import after
from portal.pages.showing import again, moved, this_page
from saraban.contracts.errors import SarabanError

page = Blueprint("quarantine", __name__)


@page.get("/quarantine")
def quarantine() -> str:
    """All that waits."""
    return render_template("quarantine.html", **ask("mail", "quarantine", **this_page()))


@page.get("/quarantine/<sha256>")
def quarantined(sha256: str) -> str:
    """One mail, with the form that makes a letter of it by hand."""
    mail = _mail(sha256)
    typed = {"subject": mail["subject"], "sender": mail["sender"]}
    return render_template("quarantined.html", mail=mail, typed=typed, wrong=None)


@page.post("/quarantine/<sha256>/retry")
def retry(sha256: str) -> Response:
    """Try to understand it again; a letter that comes of it waits in the tray."""
    told = act("mail", "retry_quarantined", sha256=sha256)
    if told.get("became") == "quarantine":
        return moved(f"/quarantine/{sha256}", told, "still_quarantined")
    return moved(f"/tray/{told['letter_id']}" if told.get("became") == "letter" else "/quarantine", told, "retried")


@page.post("/quarantine/<sha256>/register")
def register(sha256: str) -> Response:
    """Make a letter of it; it goes to the tray with the mail as its file."""
    try:
        told = act("mail", "register_quarantined", sha256=sha256, particulars=typed_particulars(request.form))
    except SarabanError as error:
        return again("quarantined.html", error, mail=_mail(sha256))
    return moved(f"/tray/{told['letter_id']}", told, "made_letter")


@page.post("/quarantine/<sha256>/dismiss")
def dismiss(sha256: str) -> Response:
    """It is no letter; its bytes stay in the archive."""
    try:
        told = act("mail", "dismiss_quarantined", sha256=sha256, reason=request.form.get("reason", "").strip())
    except SarabanError as error:
        return again("quarantined.html", error, mail=_mail(sha256))
    return moved("/quarantine", told, "dismissed")


def _mail(sha256: str) -> dict[str, Any]:
    rows = ask("mail", "quarantine", limit=200, continue_from=None, after=after())["rows"]
    found: dict[str, Any] | None = next((row for row in rows if row["sha256"] == sha256), None)
    return found or abort(404)
