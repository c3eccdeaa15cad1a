"""Correcting what is written about a letter."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, OneLetter, Particulars
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class CorrectParticulars(Body):
    """What stands on the letter."""

    particulars: Particulars


@api.post("/letters/<letter_id>/particulars", summary="Correct the particulars", responses={200: Done})
def correct_particulars(path: OneLetter, body: CorrectParticulars) -> Response:
    """What was written before stays in the history."""
    return answer(
        act(
            "registry",
            "correct_particulars",
            letter_id=path.letter_id,
            particulars=body.particulars.model_dump(exclude_unset=True),
        )
    )
