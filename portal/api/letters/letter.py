"""One letter."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Fresh, OneLetter
from portal.api.board import api
from portal.api.told import Letter
from portal.calls import ask


@api.get("/letters/<letter_id>", summary="A letter", responses={200: Letter})
def letter(path: OneLetter, query: Fresh) -> Response:
    """Everything that stands on the letter and about it. Looking at a classified letter is recorded."""
    return answer(ask("registry", "letter", letter_id=path.letter_id, after=query.after))
