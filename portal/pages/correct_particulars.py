"""แก้ไขรายละเอียด: putting right what stands in the register about a letter."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.calls import act
from portal.pages.letter import proceed
from portal.pages.particulars import typed_particulars

page = Blueprint("correct_particulars", __name__)


@page.post("/letters/<letter_id>/particulars")
def correct_particulars(letter_id: str) -> Response:
    """Keep the corrected particulars; the history tells which fields changed."""
    particulars = typed_particulars(request.form)
    return proceed(
        letter_id,
        "particulars",
        "corrected",
        lambda: act("registry", "correct_particulars", letter_id=letter_id, particulars=particulars),
        date_field="dated",
    )
