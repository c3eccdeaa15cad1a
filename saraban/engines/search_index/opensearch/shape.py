"""How a letter lies in an index: its tokens, what it is filtered by and what it is ordered by; nothing is kept to be
read back, since the log has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saraban.engines.search_index.opensearch.address import Address
from saraban.engines.search_index.ranking import NOTHING
from saraban.ports import IndexEntry

LARGEST_WINDOW = 20_000
"""How many of the first hits can be asked for."""

REFRESH = "1s"
"""How often what was written is shown, where nobody waits for it."""

NEVER = "-1"

_EXACT = {"type": "keyword"}
_FILTERED = {"type": "keyword", "doc_values": False}


def settings(address: Address, fields: Sequence[str]) -> dict[str, Any]:
    """What an index is made with. Its ranking is OpenSearch's own BM25."""
    return {
        "settings": {
            "number_of_shards": address.shards,
            "number_of_replicas": address.replicas,
            "refresh_interval": REFRESH,
            "max_result_window": LARGEST_WINDOW,
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"fields": list(fields)},
            "_source": {"enabled": False},
            "properties": {
                "tokens": {"properties": {name: {"type": "text", "analyzer": "whitespace"} for name in fields}},
                "letter_id": _EXACT,
                "sort": _EXACT,
                "audience": _FILTERED,
                "facets": _FILTERED,
                "secrecy": {"type": "byte"},
            },
        },
    }


def document(entry: IndexEntry, fields: Sequence[str]) -> dict[str, Any]:
    """A letter as it is written. A field without a token holds one that nobody asks for: fields of no length would be
    left out of the average length that the ranking knows."""
    tokens = {name: entry.fields.get(name) or NOTHING for name in (*fields, *entry.fields)}
    return {
        "tokens": tokens,
        "letter_id": entry.letter_id,
        "sort": entry.sort,
        "audience": list(entry.audience),
        "secrecy": entry.secrecy,
        "facets": [facet(name, value) for name, values in entry.facets.items() for value in values],
    }


def facet(name: str, value: str) -> str:
    """A facet's value as it is compared."""
    return f"{name}={value}"
