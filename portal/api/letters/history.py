"""What happened to a letter."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import OneLetter, Page
from portal.api.board import api
from portal.api.told import Rows
from portal.calls import ask


@api.get("/letters/<letter_id>/history", summary="History of a letter", responses={200: Rows})
def history(path: OneLetter, query: Page) -> Response:
    """Who did what and when, oldest first; `what` is the event's name as docs/events.md lists it."""
    return answer(ask("routing", "history", letter_id=path.letter_id, **query.model_dump()))
