"""What search can be asked and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class FindLetters:
    """Find letters by words. `facets` narrows each by any of its values (see domain/query.py for names)."""

    words: str
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """Get the text out of a stored file."""

    sha256: str
