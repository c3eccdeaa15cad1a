"""The order of hits that every search engine here keeps: BM25 as Lucene and tantivy compute it, newest first in a tie.

A field without a token counts as one that holds a single token which nobody asks for: engines disagree on whether such
fields count for the average length. Engines add 32-bit numbers in different orders, so scores are compared by their
first four digits: what differs behind those is noise and counts as a tie.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from saraban.ports import Hit

K1, B = 1.2, 0.75

NOTHING = "␀"
"""What an engine writes into a field without a token. Nobody asks for it: it holds no letter and no digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A letter that matches, with what decides its place."""

    letter_id: str
    score: float
    sort: str


def page(scored: Iterable[Scored], offset: int, limit: int) -> list[Hit]:
    """The hits of one page: best first, then newest `sort`, then id."""
    by_id = sorted(scored, key=lambda one: one.letter_id)
    newest_first = sorted(by_id, key=lambda one: one.sort, reverse=True)
    best_first = sorted(newest_first, key=lambda one: rank(one.score), reverse=True)
    return [Hit(letter_id=one.letter_id, score=one.score) for one in best_first[offset : offset + limit]]


def rank(score: float) -> float:
    """The score as far as it decides the order."""
    return float(f"{score:.4g}")


def lowest_score(place: float) -> float:
    """The score from which on scores have the rank `place` (which is more than 0)."""
    exact = Decimal(f"{place:.4g}")
    unit = Decimal(1).scaleb(exact.adjusted() - 3)
    is_power_of_ten = exact.scaleb(-exact.adjusted()) == 1
    return float(exact - (unit / 10 if is_power_of_ten else unit) / 2)


def rarity(documents: int, holding: int) -> float:
    """The idf of a term that `holding` of all `documents` hold."""
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def frequency_weight(count: int, length: int, average_length: float) -> float:
    """How much `count` occurrences in a field of `length` tokens weigh; more of them matter less and less."""
    return (K1 + 1) * count / (count + K1 * (1 - B + B * kept_length(length) / average_length))


def kept_length(length: int) -> int:
    """The length of a field as an index keeps it in one byte: exact below 40, then to four binary digits."""
    if length < 40:
        return length
    shift = (length - 24).bit_length() - 4
    return ((length - 24) >> shift << shift) + 24


def occurrences(terms: Sequence[str], tokens: Sequence[str]) -> int:
    """How often `terms` stand in a row in `tokens`."""
    wanted, size = list(terms), len(terms)
    return sum(
        tokens[at] == wanted[0] and list(tokens[at : at + size]) == wanted for at in range(len(tokens) - size + 1)
    )
