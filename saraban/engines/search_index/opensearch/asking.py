"""Searching an index: the question in OpenSearch's words, and the page of hits in the order that all engines keep.

OpenSearch orders by whole scores; here scores count by their first four digits (see ranking.py). So what ties with the
end of the page is asked for once more, by date and id, from that score on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from saraban.engines.search_index.opensearch.shape import LARGEST_WINDOW, facet
from saraban.engines.search_index.ranking import Scored, lowest_score, page, rank
from saraban.ports import Clause, Hit, IndexQuery

EXTRA_FOR_TIES = 32
PAGE = 5000
"""Letters told at a time where all are told."""
BEST_FIRST = [{"_score": "desc"}, {"sort": "desc"}, {"letter_id": "asc"}]
NEWEST_FIRST = [{"sort": "desc"}, {"letter_id": "asc"}]
SHOWN = "hits.total.value,hits.hits._id,hits.hits._score,hits.hits.sort"


def search(client: Any, index: str, query: IndexQuery) -> tuple[int, list[Hit]]:
    """The number of matches and one page of them."""
    matches = [one for clause in query.clauses for one in _matches(clause)]
    if not matches or not query.audience:
        return 0, []
    asked = {"bool": {"must": [{"bool": {"should": matches}}], "filter": list(_filters(query))}}
    end = query.offset + query.limit
    count, best = _asked(client, index, asked, sort=BEST_FIRST, size=_window(end) if query.limit else 0)
    if query.limit and _is_cut(best, end, count):
        best = _with_all_ties(client, index, asked, best, end)
    return count, page(best, query.offset, query.limit)


def everything(client: Any, index: str) -> Iterator[tuple[str, int]]:
    """Every letter with its version, by id."""
    body = {"size": PAGE, "version": True, "sort": [{"letter_id": "asc"}], "_source": False}
    params = {"filter_path": "hits.hits._id,hits.hits._version,hits.hits.sort"}
    after: dict[str, Any] = {}
    while hits := client.search(index=index, body={**body, **after}, params=params).get("hits", {}).get("hits", []):
        yield from ((hit["_id"], hit["_version"]) for hit in hits)
        after = {"search_after": hits[-1]["sort"]}


def _is_cut(best: Sequence[Scored], end: int, count: int) -> bool:
    """Whether the last hit of the page ties with hits that were not asked for."""
    return end < len(best) < count and rank(best[-1].score) == rank(best[end - 1].score)


def _with_all_ties(client: Any, index: str, asked: dict[str, Any], best: Sequence[Scored], end: int) -> list[Scored]:
    """Everything above the tie, and of the tie those that come first by date and id."""
    tie = rank(best[-1].score)
    above = [one for one in best if rank(one.score) > tie]
    _, newest = _asked(client, index, asked, sort=NEWEST_FIRST, size=_window(end), min_score=lowest_score(tie))
    return above + [one for one in newest if rank(one.score) == tie]


def _window(end: int) -> int:
    return min(end + EXTRA_FOR_TIES, LARGEST_WINDOW)


def _asked(client: Any, index: str, asked: dict[str, Any], *, sort: Any, **more: Any) -> tuple[int, list[Scored]]:
    """The same question goes to the same copies of the shards, so that pages follow each other."""
    told = client.search(
        index=index,
        body={"query": asked, "sort": sort, "track_scores": True, "track_total_hits": True, "_source": False, **more},
        params={
            "filter_path": SHOWN,
            "preference": hashlib.sha256(repr(asked).encode()).hexdigest()[:16],
            "search_type": "dfs_query_then_fetch",
            "allow_partial_search_results": "false",
        },
    )
    hits = told["hits"].get("hits", [])
    found = [Scored(letter_id=hit["_id"], score=hit["_score"], sort=hit["sort"][-2]) for hit in hits]
    return told["hits"]["total"]["value"], found


def _matches(clause: Clause) -> Iterator[dict[str, Any]]:
    field = f"tokens.{clause.field}"
    if clause.phrase and len(clause.terms) > 1:
        yield {"match_phrase": {field: {"query": " ".join(clause.terms), "boost": clause.boost}}}
        return
    for term in dict.fromkeys(clause.terms):
        yield {"term": {field: {"value": term, "boost": clause.boost}}}


def _filters(query: IndexQuery) -> Iterator[dict[str, Any]]:
    yield {"range": {"secrecy": {"lte": query.clearance}}}
    yield {"terms": {"audience": list(query.audience)}}
    for name, values in query.facets.items():
        yield {"terms": {"facets": [facet(name, value) for value in values]}}
