"""From what a child process found in a file to the text that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from saraban.thai.normal_form import normal_form
from services.search.domain import pdf_text
from services.search.domain.file_text import (
    NO_TEXT,
    NOT_READ,
    POOR_TEXT,
    SARA_AM_REPAIRED,
    FileText,
    Page,
)

PDF = "application/pdf"
READABLE = (
    PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/plain",
    "message/rfc822",
)
"""Types that a reader opens."""

POOR = 0.5


def without_reading(sha256: str, media_type: str) -> FileText:
    """What is known of the text of a file that no reader opens: a picture has none yet."""
    return FileText(sha256=sha256, flags=(NO_TEXT if media_type.startswith("image/") else NOT_READ,))


def file_text(sha256: str, media_type: str, found: Mapping[str, Any]) -> FileText:
    """The text to keep. `found` is what `services.search.inside` answered: `pages` of {text, pictures}, and `flags`."""
    pages = tuple(_page(media_type, **page) for page in found["pages"])
    flags = _each_once((*found["flags"], *(flag for page in pages for flag in page.flags)))
    return FileText(sha256=sha256, pages=pages, flags=flags)


def _page(media_type: str, text: str, pictures: bool) -> Page:  # noqa: FBT001 - a fact about the page
    if media_type != PDF:
        return Page(text=normal_form(text).strip())
    clean = pdf_text.cleaned(normal_form(text))
    how_good = pdf_text.quality(clean)
    flags = {
        NO_TEXT: pictures and not any(map(str.isalnum, clean)),
        SARA_AM_REPAIRED: pdf_text.lost_sara_am(clean),
        POOR_TEXT: how_good < POOR,
    }
    return Page(text=clean, quality=how_good, flags=tuple(flag for flag, holds in flags.items() if holds))


def _each_once(flags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flags))
