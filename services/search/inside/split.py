"""Splitting a letter's texts into tokens, in a child process that does it for many."""

from __future__ import annotations

from collections.abc import Sequence

from saraban.thai.analysis import Wording, index_fields


def split(titles: Sequence[str], numbers: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    """The tokens of a letter with this wording, by field."""
    return index_fields(Wording(titles=titles, numbers=numbers, texts=texts))
