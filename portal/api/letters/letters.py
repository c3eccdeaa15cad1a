"""Lists of letters by where they are in their life."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Page
from portal.api.board import api
from portal.api.told import Rows
from portal.calls import ask


class Letters(Page):
    """Which letters."""

    which: Literal["tray", "received", "drafts", "to_sign", "outgoing"] = Field(
        description="tray: arrived and not numbered; received; drafts of my unit; to_sign: presented to me; outgoing."
    )


@api.get("/letters", summary="Letters", responses={200: Rows})
def letters(query: Letters) -> Response:
    """Newest first."""
    return answer(ask("registry", "letters", **query.model_dump()))
