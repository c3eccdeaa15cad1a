"""What intake can be told to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFile:
    """Keep an upload. `declared` is the media type that came with it, `announced` its length where one was told,
    `limit` the most bytes it may have, `sender` the signature of the actor who sends it. With `any_type` no type is
    refused."""

    name: str
    declared: str
    announced: int | None
    limit: int
    sender: Mapping[str, Any]
    any_type: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamineFile:
    """Look into a stored file: pages, and what is wrong with it."""

    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StampFile:
    """Make the copy of a PDF with the receive stamp on page one. `facts` are the fields of the stamp."""

    sha256: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPage:
    """Make the picture of one page (1, 2, 3 …) of a PDF or image."""

    sha256: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeLetter:
    """Make the PDF of an external letter and keep it under `name`. `letter` has the fields of ExternalLetter."""

    letter: Mapping[str, Any]
    name: str
