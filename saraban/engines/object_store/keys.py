"""What an object may be called: the same in every engine, and a safe file name."""

from __future__ import annotations

import re

_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{1,199}")


def checked(key: str) -> str:
    """The key itself. Raises ValueError for anything that is not 2 to 200 of `a-z 0-9 . _ -`, a letter or digit
    first."""
    if not _KEY.fullmatch(key):
        message = f"not a key of an object: {key!r}"
        raise ValueError(message)
    return key
