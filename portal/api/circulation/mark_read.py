"""Reading a circulated letter."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import OneLetter
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


@api.post("/letters/<letter_id>/reading", summary="I have opened the letter (เปิดอ่าน)", responses={200: Done})
def mark_read(path: OneLetter) -> Response:
    """Recorded once, at the first time."""
    return answer(act("routing", "mark_read", letter_id=path.letter_id))
