"""What became of the letters that were sent."""

from __future__ import annotations

from typing import Literal

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Fresh, OneLetter, Page
from portal.api.board import api
from portal.api.told import Rows
from portal.calls import ask


class Outgoing(Page):
    """Open deliveries or all."""

    which: Literal["open", "all"] = "open"


@api.get("/deliveries", summary="Deliveries of all letters", responses={200: Rows})
def outgoing(query: Outgoing) -> Response:
    """One row for each letter and recipient, newest first."""
    return answer(ask("mail", "outgoing", **query.model_dump()))


@api.get("/letters/<letter_id>/deliveries", summary="Deliveries of a letter", responses={200: Rows})
def deliveries(path: OneLetter, query: Fresh) -> Response:
    """One row for each recipient: queued, deferred, handed_over, bounced, received or registered (`their_number`)."""
    return answer(ask("mail", "deliveries", letter_id=path.letter_id, after=query.after))
