"""Closing a letter."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, OneLetter, Reason
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class Close(Body):
    """Why nothing more is to be done."""

    reason: Reason


@api.post("/letters/<letter_id>/closing", summary="Close a letter (ปิดเรื่อง)", responses={200: Done})
def close(path: OneLetter, body: Close) -> Response:
    """Nothing more is to be done about the letter."""
    return answer(act("registry", "close", letter_id=path.letter_id, reason=body.reason))
