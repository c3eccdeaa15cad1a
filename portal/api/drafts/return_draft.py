"""Giving a draft back for correction."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, OneLetter, Reason
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class ReturnDraft(Body):
    """What is to be corrected."""

    reason: Reason


@api.post("/drafts/<letter_id>/return", summary="Return a draft (ส่งคืนแก้ไข)", responses={200: Done})
def return_draft(path: OneLetter, body: ReturnDraft) -> Response:
    """By the head to whom it was presented."""
    return answer(act("registry", "return_draft", letter_id=path.letter_id, reason=body.reason))
