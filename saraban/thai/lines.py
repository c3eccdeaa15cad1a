"""Breaking a paragraph into lines, as a careful typist would: between Thai words, never inside a cluster."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from saraban.thai.clusters import clusters, starts_cluster
from saraban.thai.words import segment

Width = Callable[[str], float]

_STAYS_BEHIND = re.compile(r"[ๆฯ.,;:!?%)\]}”’»]")
_HOLDS_ON = re.compile(r"[(\[{“‘«เ-ไ]$")


def break_lines(text: str, width_of: Width, max_width: float) -> list[str]:
    """The lines of one paragraph, each at most `max_width` wide by `width_of`. Joined they are `text` again.

    A line keeps the spaces behind its last word; they do not count towards its width. A line feed in `text` always
    ends a line (and stays at its end). A word wider than a whole line is cut between clusters; only a single cluster
    can be wider than the line.
    """
    return [
        line
        for paragraph in text.splitlines(keepends=True)
        for line in _break_paragraph(paragraph, width_of, max_width)
    ]


def _break_paragraph(text: str, width_of: Width, max_width: float) -> Iterator[str]:
    line = ""
    for piece in _fitting_pieces(text, width_of, max_width):
        if line and width_of((line + piece).rstrip()) > max_width:
            yield line
            line = ""
        line += piece
    yield line


def _fitting_pieces(text: str, width_of: Width, max_width: float) -> Iterator[str]:
    for piece in unbreakable_pieces(text):
        if width_of(piece.rstrip()) <= max_width:
            yield piece
        else:
            yield from clusters(piece)


def unbreakable_pieces(text: str) -> list[str]:
    """The words of `text`, each with the spaces behind it and with what must stay beside it: ๆ, ฯ, closing and opening
    brackets, stray marks."""
    pieces: list[str] = []
    for word in segment(text):
        if pieces and _belongs_to(pieces[-1], word):
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces


def _belongs_to(before: str, word: str) -> bool:
    if word.isspace() or not starts_cluster(word):
        return True
    return bool(_STAYS_BEHIND.match(word) or _HOLDS_ON.search(before.rstrip()))
