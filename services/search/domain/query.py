"""From what an officer typed to what the index is asked: the access rules are part of the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saraban.contracts.actor import Actor
from saraban.contracts.errors.letters import UnknownChoice
from saraban.contracts.errors.search import QueryTooLong
from saraban.ports import IndexQuery
from saraban.thai.analysis import query_clauses
from services.search.commands import FindLetters
from services.search.domain.entry import FACETS

LONGEST = 500
LARGEST_PAGE = 100
LAST_OFFSET = 10_000


def index_query(find: FindLetters, actor: Actor) -> IndexQuery:
    """The question for the index. Raises QueryTooLong, and UnknownChoice for a facet that there is none of."""
    if len(find.words) > LONGEST:
        raise QueryTooLong({"field": "q", "limit": LONGEST})
    return IndexQuery(
        clauses=query_clauses(find.words),
        audience=actor.keys,
        clearance=actor.clearance,
        facets=_known(find.facets),
        limit=max(1, min(find.limit, LARGEST_PAGE)),
        offset=max(0, min(find.offset, LAST_OFFSET)),
    )


def _known(facets: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    for name in facets:
        if name not in FACETS:
            raise UnknownChoice({"field": "facets", "value": name, "choices": ", ".join(FACETS)})
    return {name: values for name, values in facets.items() if values}
