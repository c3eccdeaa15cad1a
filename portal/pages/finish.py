"""Ending a letter's life in the office: closing it, or cancelling its registration; each with its reason."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.calls import act
from portal.pages.letter import proceed

page = Blueprint("finish", __name__)


@page.post("/letters/<letter_id>/close")
def close(letter_id: str) -> Response:
    """ปิดเรื่อง: nothing more is to be done."""
    return _with_reason(letter_id, "close", "closed")


@page.post("/letters/<letter_id>/void")
def void(letter_id: str) -> Response:
    """ยกเลิกเลขทะเบียน: the number stays in the register, marked void."""
    return _with_reason(letter_id, "void", "voided")


def _with_reason(letter_id: str, act_name: str, done: str) -> Response:
    reason = request.form.get("reason", "").strip()
    return proceed(letter_id, act_name, done, lambda: act("registry", act_name, letter_id=letter_id, reason=reason))
