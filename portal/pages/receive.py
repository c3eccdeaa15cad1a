"""รับหนังสือ: files and particulars in, the receive number out."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, Response, render_template, request

from portal.calls import act, ask
from portal.pages.particulars import typed_particulars
from portal.pages.paths import after
from portal.pages.showing import again, moved, wants_part
from portal.pages.viewer import views_of
from portal.session import required
from saraban.contracts.errors import Invalid, SarabanError

page = Blueprint("receive", __name__)

FILE_REF = ("sha256", "name", "media_type", "size", "role")
"""What the registry keeps of a stored file."""


@page.get("/receive")
def form() -> str:
    """The empty form beside the place for the files."""
    required()
    return render_template("receive.html", wrong=None, typed={}, files=[])


@page.post("/receive")
def receive() -> Response:
    """Register the letter and show its number, or the form again with all that was typed."""
    template = "receive_form.html" if wants_part() else "receive.html"
    try:
        stored = attached()
        files = [{name: one[name] for name in FILE_REF} for one in stored]
        told = act("registry", "receive", particulars=typed_particulars(request.form), files=files)
    except SarabanError as error:
        return again(template, error, files=_still_attached())
    return moved(f"/letters/{told['letter_id']}/received", told)


@page.get("/letters/<letter_id>/received")
def received(letter_id: str) -> str:
    """The number, large, and page one with the stamp of แบบ 12."""
    letter = ask("registry", "letter", letter_id=letter_id, after=after())
    return render_template("received.html", letter=letter, views=views_of(letter, first="stamped"))


def attached() -> list[dict[str, Any]]:
    """The files of a form, each as the upload answered it, with the role that the officer chose.

    Raises Invalid when what came is not what an upload answers.
    """
    roles = request.form.getlist("role")
    try:
        stored = [msgspec.json.decode(one, type=dict[str, Any]) for one in request.form.getlist("file")]
        files = [file | {"role": role} for file, role in zip(stored, roles, strict=True)]
    except ValueError as wrong:
        raise Invalid({"field": "file", "reason": "file"}) from wrong
    if any(name not in file for file in files for name in FILE_REF):
        raise Invalid({"field": "file", "reason": "file"})
    return files


def _still_attached() -> list[dict[str, Any]]:
    """The files again, for the form that is shown again; none when they were what was wrong."""
    try:
        return attached()
    except Invalid:
        return []
