"""Circulating a letter."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Body, OneLetter, Someone, Text
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class Circulate(Body):
    """To whom the letter goes."""

    to: list[Someone] = Field(min_length=1, max_length=1_000)
    note: Text = ""


class Circulated(Done):
    """`readers` is how many officers find it in their inbox."""

    readers: int


@api.post("/letters/<letter_id>/circulations", summary="Circulate a letter (เวียนหนังสือ)", responses={200: Circulated})
def circulate(path: OneLetter, body: Circulate) -> Response:
    """Puts the letter into the inbox of every officer of the units and of the officers named."""
    to = [one.model_dump() for one in body.to]
    return answer(act("routing", "circulate", letter_id=path.letter_id, to=to, note=body.note))
