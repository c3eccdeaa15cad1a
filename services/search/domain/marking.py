"""Marking in a text what was looked for. Compared are search keys without spaces, so a word is marked however it is
spelt, spaced or broken over lines; shown is the text as it stands, cut between clusters only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from saraban.thai.analysis import letters_only, text_key, unique, word_tokens
from saraban.thai.clusters import clusters

Marked = list[tuple[str, bool]]
"""Pieces of a text, each with whether it was looked for."""

SNIPPET = 160
"""Clusters that a snippet shows at most."""

BEFORE_HIT = 40
NEAR = 20
REGION = 600
MOST_HITS = 200

_SPACES = re.compile(r"\s+")


def needles(words: str) -> tuple[str, ...]:
    """What to mark for a query, the longest first: the whole, its parts between spaces, and words of three letters and
    more; shorter words only when there is nothing longer."""
    key = text_key(words)
    tokens = [letters_only(one) for one in (key, *key.split(), *word_tokens(key))]
    found = sorted(unique(token for token in tokens if token), key=len, reverse=True)
    telling = tuple(token for token in found if len(token) >= 3)
    return telling or tuple(found)


def weight(text: str, wanted: Sequence[str]) -> int:
    """How much of what is wanted stands in a text: the letters of the needles found, each counted once. Much quicker
    than marking."""
    letters = letters_only(text_key(text))
    return sum(len(needle) for needle in wanted if needle in letters)


def marked(text: str, wanted: Sequence[str]) -> Marked:
    """The whole text with the hits marked."""
    pieces = clusters(text)
    return _cut(pieces, 0, len(pieces), _hits(pieces, wanted))


def snippet(text: str, wanted: Sequence[str]) -> Marked:
    """The part of a text that shows most of what is wanted, with the hits marked; empty when there is none."""
    first, last = _region(text, wanted)
    pieces = clusters(text[first:last])
    hits = _hits(pieces, wanted)
    if not hits:
        return []
    start = _word_start(pieces, max(0, _best_start(hits) - BEFORE_HIT))
    end = min(len(pieces), start + SNIPPET)
    shown = _cut(pieces, start, end, hits)
    before: Marked = [("…", False)] if first + start > 0 else []
    behind: Marked = [("…", False)] if end < len(pieces) or last < len(text) else []
    return [*before, *((_SPACES.sub(" ", piece), is_hit) for piece, is_hit in shown), *behind]


def _region(text: str, wanted: Sequence[str]) -> tuple[int, int]:
    """From where to where a long text is worth a closer look, which takes ten times as long as this does."""
    if len(text) <= 2 * REGION:
        return 0, len(text)
    best = max(range(0, len(text), REGION // 2), key=lambda at: weight(text[at : at + REGION], wanted))
    return _between_clusters(text, best - REGION // 4), _between_clusters(text, best + REGION + REGION // 4)


def _between_clusters(text: str, at: int) -> int:
    """The nearest place at or before `at` that cuts no cluster."""
    at = max(0, min(at, len(text)))
    while 0 < at < len(text) and clusters(text[at - 1 : at + 1])[0] != text[at - 1]:
        at -= 1
    return at


def _hits(pieces: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where the hits are, as ranges of clusters in order, none touching another."""
    letters, owners = _letters(pieces)
    covered: set[int] = set()
    for needle in wanted:
        for at in _occurrences(letters, needle):
            covered.update(range(owners[at], owners[at + len(needle) - 1] + 1))
    return _ranges(sorted(covered))


def _letters(pieces: Sequence[str]) -> tuple[str, list[int]]:
    keys = [_cluster_letters(piece) for piece in pieces]
    return "".join(keys), [at for at, key in enumerate(keys) for _ in key]


@lru_cache(maxsize=16_384)
def _cluster_letters(piece: str) -> str:
    """The letters of one cluster. A space and า is the ำ that some PDF files lose."""
    if piece[0].isspace() and piece[1:2] == "า":
        return "ำ"
    return letters_only(text_key(piece))


def _occurrences(letters: str, needle: str) -> Iterator[int]:
    at = letters.find(needle)
    for _ in range(MOST_HITS):
        if at < 0:
            return
        yield at
        at = letters.find(needle, at + len(needle))


def _ranges(places: Sequence[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for place in places:
        if ranges and ranges[-1][1] == place:
            ranges[-1] = (ranges[-1][0], place + 1)
        else:
            ranges.append((place, place + 1))
    return ranges


def _best_start(hits: Sequence[tuple[int, int]]) -> int:
    """The hit from which a snippet shows the most hit clusters; the first of equals."""
    reach = SNIPPET - BEFORE_HIT

    def shown(start: int) -> int:
        return sum(min(end, start + reach) - begin for begin, end in hits if start <= begin < start + reach)

    return max((begin for begin, _ in hits), key=lambda begin: (shown(begin), -begin))


def _word_start(pieces: Sequence[str], at: int) -> int:
    """The nearest place before `at` that follows a space; `at` itself when none is near."""
    return next((back for back in range(at, max(-1, at - NEAR), -1) if back == 0 or pieces[back - 1].isspace()), at)


def _cut(pieces: Sequence[str], start: int, end: int, hits: Sequence[tuple[int, int]]) -> Marked:
    cut: Marked = []
    at = start
    for begin, stop in hits:
        first, last = max(begin, at), min(stop, end)
        if first < last:
            cut += [("".join(pieces[at:first]), False), ("".join(pieces[first:last]), True)]
            at = last
    cut.append(("".join(pieces[at:end]), False))
    return [(text, is_hit) for text, is_hit in cut if text]
