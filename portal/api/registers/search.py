"""Finding letters by their words."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Fresh, Line
from portal.api.board import api
from portal.api.told import Told
from portal.calls import ask


class SearchQuery(Fresh):
    """Words in any order; Thai or Arabic digits, any spacing."""

    q: Line
    limit: int = Field(20, ge=1, le=100)
    offset: int = Field(0, ge=0, le=10_000)
    urgency: list[Line] = Field([], max_length=10)
    secrecy: list[Line] = Field([], max_length=10)
    direction: list[Line] = Field([], max_length=10)
    kind: list[Line] = Field([], max_length=10)
    year: list[Line] = Field([], max_length=50)


class Found(Told):
    """Hits, best first. A marked text is a list of `[piece, is_hit]`."""

    total: int
    hits: list[dict[str, object]]


FACETS = ("urgency", "secrecy", "direction", "kind", "year")


@api.get("/search", summary="Search (ค้นหา)", responses={200: Found})
def search(query: SearchQuery) -> Response:
    """Finds only what the asker may see; the rest is not even counted."""
    facets = {name: values for name in FACETS if (values := getattr(query, name))}
    return answer(
        ask(
            "search",
            "search",
            q=query.q,
            facets=facets,
            limit=query.limit,
            offset=query.offset,
            after=query.after,
        )
    )
