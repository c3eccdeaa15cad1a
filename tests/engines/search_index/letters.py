"""Letters and queries for the suite. Tokens are ready made, so plain words do; engines know nothing of Thai."""

from __future__ import annotations

from typing import Any

from saraban.ports import Clause, IndexEntry, IndexQuery, SearchIndex

FIELDS = ("words", "grams")


def letter(letter_id: str, words: str = "", **others: Any) -> IndexEntry:
    facts: dict[str, Any] = {
        "version": 1,
        "fields": {"words": words, "grams": others.pop("grams", words)},
        "audience": ["unit:central"],
        "secrecy": 0,
        "facets": {},
        "sort": "2026-11-23",
    }
    return IndexEntry(letter_id=letter_id, **{**facts, **others})


def any_of(words: str, *, field: str = "words", boost: float = 1.0) -> Clause:
    return Clause(field=field, terms=words.split(), phrase=False, boost=boost)


def in_a_row(words: str, *, field: str = "words", boost: float = 1.0) -> Clause:
    return Clause(field=field, terms=words.split(), phrase=True, boost=boost)


def query(*clauses: Clause, **others: Any) -> IndexQuery:
    return IndexQuery(clauses=clauses, **{"audience": ["unit:central"], "clearance": 0, **others})


def found(index: SearchIndex, *clauses: Clause, **others: Any) -> list[str]:
    """The ids found, in order, after checking that the count says the same."""
    count, hits = index.search(query(*clauses, **others))
    assert count == len(hits)
    return [hit.letter_id for hit in hits]
