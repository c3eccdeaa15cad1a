"""A found letter as it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from services.search.domain.file_text import SARA_AM_REPAIRED, FileText
from services.search.domain.letter import Letter
from services.search.domain.marking import marked, snippet, weight

MOST_SCANNED = 400_000
"""Characters of one letter that are looked through for a snippet."""


def shown_hit(letter: Letter, texts: Sequence[FileText], wanted: Sequence[str]) -> dict[str, Any]:
    """One hit: subject, number and sender marked; `snippet` the best piece of another text and `where` it stands
    (`addressee`, `remark`, `body`, `endorsement`, `file`); `flags` of its files that say what cannot be found."""
    about = letter.particulars
    where, text = _best_text(letter, texts, wanted)
    return {
        "letter_id": letter.letter_id,
        "direction": letter.direction,
        "shown": letter.shown,
        "subject": marked(about.subject, wanted),
        "number": marked(about.number, wanted),
        "sender": marked(about.sender, wanted),
        "dated": about.dated,
        "urgency": about.urgency,
        "secrecy": about.secrecy,
        "snippet": snippet(text, wanted),
        "where": where,
        "flags": file_flags(texts),
    }


def file_flags(texts: Iterable[FileText]) -> list[str]:
    """What keeps words of the files from being found, each once."""
    return list(dict.fromkeys(flag for text in texts for flag in text.flags if flag != SARA_AM_REPAIRED))


def _best_text(letter: Letter, texts: Sequence[FileText], wanted: Sequence[str]) -> tuple[str, str]:
    """The text that says most of what is wanted, the earlier of equals; nothing when none says any."""
    best, most, scanned = ("", ""), 0, 0
    whole = sum(map(len, wanted))
    for where, text in _texts(letter, texts):
        scanned += len(text)
        if most == whole or scanned > MOST_SCANNED:
            break
        found = weight(text, wanted)
        if found > most:
            best, most = (where, text), found
    return best


def _texts(letter: Letter, texts: Iterable[FileText]) -> Iterator[tuple[str, str]]:
    about = letter.particulars
    named: Mapping[str, Iterable[str]] = {
        "addressee": (about.addressee, *letter.recipients),
        "remark": (about.remark, *about.references, *about.enclosures),
        "body": letter.body,
        "endorsement": letter.written,
        "file": (page.text for text in texts for page in text.pages),
    }
    return ((where, text) for where, several in named.items() for text in several)
