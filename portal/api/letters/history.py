"""What happened to a letter."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import OneLetter, Page
from portal.api.board import api
from portal.api.told import Rows
from portal.calls import ask


class HistoryQuery(Page):
    """From which end."""

    newest_first: bool = Field(False, description="Begin with what happened last.")


@api.get("/letters/<letter_id>/history", summary="History of a letter", responses={200: Rows})
def history(path: OneLetter, query: HistoryQuery) -> Response:
    """Who did what and when, oldest first unless asked otherwise; `what` is the event's name as in docs/events.md."""
    return answer(ask("routing", "history", letter_id=path.letter_id, **query.model_dump()))
