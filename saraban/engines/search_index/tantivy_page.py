"""Pages of tantivy's answers. Tantivy orders equal scores by place in the index; here they come newest first, then by
id, read from columns of numbers so that a tie of a hundred thousand letters stays cheap.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import tantivy
from tantivy import Query

from saraban.engines.search_index.ranking import rank
from saraban.ports import Hit

EXTRA_FOR_TIES = 32
COLUMN_BYTES = 8
COLUMNS = {"sort": ("sort_0", "sort_1", "sort_2", "sort_3"), "letter_id": ("id_0", "id_1", "id_2")}
"""The texts that decide a tie, as numbers that compare like their first 32 and 24 bytes."""

Address = tuple[float, tantivy.DocAddress]


def add_columns(builder: tantivy.SchemaBuilder) -> None:
    """Declare the columns of numbers in a schema."""
    for names in COLUMNS.values():
        for name in names:
            builder.add_unsigned_field(name, fast=True)


def fill_columns(document: tantivy.Document, text_of: dict[str, str]) -> None:
    """Write the texts that decide a tie into a document's columns."""
    for field, names in COLUMNS.items():
        text = text_of[field].encode()
        for at, name in enumerate(names):
            piece = text[at * COLUMN_BYTES : (at + 1) * COLUMN_BYTES]
            document.add_unsigned(name, int.from_bytes(piece.ljust(COLUMN_BYTES, b"\0"), "big"))


def one_page(searcher: tantivy.Searcher, query: Query, offset: int, limit: int) -> tuple[int, list[Hit]]:
    """The number of matches and the hits from `offset` on."""
    count, hits = _best(searcher, query, offset + limit)
    wanted = [address for block in _blocks(hits, offset, offset + limit) for address in _in_order(searcher, block)]
    start = offset - _block(hits, offset)[0] if offset < len(hits) else 0
    return count, [
        Hit(letter_id=searcher.doc(address)["letter_id"][0], score=score)
        for score, address in wanted[start : start + limit]
    ]


def _best(searcher: tantivy.Searcher, query: Query, size: int) -> tuple[int, list[Address]]:
    """The number of matches and at least the `size` best of them, with everything that ties with the last of those."""
    fetch = size + EXTRA_FOR_TIES
    result: Any = searcher.search(query, limit=fetch)
    hits: list[Address] = result.hits
    if 0 < size < len(hits) == fetch < result.count and rank(hits[-1][0]) == rank(hits[size - 1][0]):
        hits = searcher.search(query, limit=result.count, count=False).hits
    return result.count, hits


def _block(hits: Sequence[Address], at: int) -> tuple[int, int]:
    """From where to where the hits tie with the one at `at`."""
    place = -rank(hits[at][0])
    return (
        bisect_left(hits, place, key=lambda hit: -rank(hit[0])),
        bisect_right(hits, place, key=lambda hit: -rank(hit[0])),
    )


def _blocks(hits: Sequence[Address], offset: int, end: int) -> Iterator[Sequence[Address]]:
    at = offset
    while at < min(end, len(hits)):
        first, at = _block(hits, at)
        yield hits[first:at]


def _in_order(searcher: tantivy.Searcher, block: Sequence[Address]) -> list[Address]:
    if len(block) < 2:
        return list(block)
    addresses = [address for _, address in block]
    newest = [[-(value or 0) for value in searcher.fast_field_values(name, addresses)] for name in COLUMNS["sort"]]
    ids = [searcher.fast_field_values(name, addresses) for name in COLUMNS["letter_id"]]
    keys = list(zip(*newest, *ids, strict=True))
    return [block[at] for at in sorted(range(len(block)), key=keys.__getitem__)]
