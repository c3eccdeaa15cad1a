"""Mails that could not be understood."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Page
from portal.api.board import api
from portal.api.told import Rows
from portal.calls import ask


@api.get("/quarantine", summary="Mails in quarantine", responses={200: Rows})
def quarantine(query: Page) -> Response:
    """Each with the reason why it waits for a clerk."""
    return answer(ask("mail", "quarantine", **query.model_dump()))
