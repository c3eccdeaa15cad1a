"""Who has and who has not read a letter."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Fresh, OneLetter
from portal.api.board import api
from portal.api.told import Told
from portal.calls import ask


class Circulation(Told):
    """Readers (the first 200, unread first; `GET …/readers` has them all), `units` with their counts, orders and
    endorsements."""

    readers: list[dict[str, object]]
    counts: dict[str, int]
    units: list[dict[str, object]]
    actions: list[dict[str, object]]
    endorsements: list[dict[str, object]]


@api.get("/letters/<letter_id>/circulation", summary="Circulation of a letter", responses={200: Circulation})
def circulation(path: OneLetter, query: Fresh) -> Response:
    """Who reads, acknowledges, endorses and acts on the letter."""
    return answer(ask("routing", "circulation", letter_id=path.letter_id, after=query.after))
