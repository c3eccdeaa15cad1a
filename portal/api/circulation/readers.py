"""Everyone who has a letter."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Id, OneLetter, Page
from portal.api.board import api
from portal.api.told import Rows
from portal.calls import ask


class ReadersQuery(Page):
    """Which readers."""

    state: Literal["unread", "read", "acknowledged"] | None = Field(None, description="Only those who are so far.")
    unit_id: Id | None = Field(
        None, description="Only those to whom the letter came through this unit; `by_name`: those named themselves."
    )


@api.get("/letters/<letter_id>/readers", summary="Readers of a letter", responses={200: Rows})
def readers(path: OneLetter, query: ReadersQuery) -> Response:
    """All officers who have the letter to read, page by page, in the order in which it came to them."""
    return answer(ask("routing", "readers", letter_id=path.letter_id, **query.model_dump()))
