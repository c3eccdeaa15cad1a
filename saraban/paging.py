"""Lists in pages by keyset: a page ends at the (sort, key) of its last row, and the next one begins behind it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from saraban.contracts.errors.lists import BadContinuation
from saraban.ports import Found

LONGEST_PAGE = 200


def page_size(limit: int) -> int:
    """A page's length within bounds: 1 to LONGEST_PAGE."""
    return max(1, min(int(limit), LONGEST_PAGE))


def next_page(found: Sequence[Found], size: int) -> str | None:
    """Where the page after the first `size` of `found` begins; None when there is no more."""
    return json.dumps([found[size - 1].sort, found[size - 1].key]) if len(found) > size else None


def continuation(text: str | None) -> tuple[str, str] | None:
    """The place that `next_page` gave out; None for the first page. Raises BadContinuation for anything else."""
    if not text:
        return None
    try:
        sort, key = json.loads(text)
    except (ValueError, TypeError) as error:
        raise BadContinuation from error
    return str(sort), str(key)
