"""A letter as the index holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from saraban.ports import IndexEntry
from saraban.thai.analysis import Wording
from saraban.thai.dates import BUDDHIST_OFFSET, buddhist_year, format_long, format_short
from services.search.domain.file_text import FileText
from services.search.domain.letter import Letter


def index_entry(letter: Letter, fields: Mapping[str, str], position: int) -> IndexEntry:
    """The entry of a letter with the tokens of its `wording`. `position` is the log position of what last changed it,
    so that a later change is never overwritten by an earlier one."""
    return IndexEntry(
        letter_id=letter.letter_id,
        version=position,
        fields=fields,
        audience=sorted(letter.audience.keys),
        secrecy=letter.audience.secrecy,
        facets=facets(letter),
        sort=letter.at,
    )


def wording(letter: Letter, texts: Iterable[FileText]) -> Wording:
    """Everything by which a letter can be found, with the texts of its files that were read by now."""
    about = letter.particulars
    pages = (page.text for text in texts for page in text.pages)
    told = (about.addressee, about.remark, *about.references, *about.enclosures, *_dates(about.dated))
    names = (one.name for one in letter.files)
    return Wording(
        titles=[about.subject, about.sender],
        numbers=[about.number, *letter.numbers],
        texts=[*told, *letter.recipients, *letter.body, *letter.written, *names, *pages],
    )


def facets(letter: Letter) -> dict[str, list[str]]:
    """The values by which a search can be narrowed; `year` is the Buddhist year in which the letter came or was
    written."""
    about = letter.particulars
    return {
        "direction": [letter.direction],
        "kind": [about.kind],
        "urgency": [about.urgency],
        "secrecy": [about.secrecy],
        "year": [str(_year(letter))],
    }


FACETS = ("direction", "kind", "urgency", "secrecy", "year")


def _year(letter: Letter) -> int:
    if letter.direction == "outgoing" and letter.particulars.dated:
        return date.fromisoformat(letter.particulars.dated).year + BUDDHIST_OFFSET
    return buddhist_year(datetime.fromisoformat(letter.at))


def _dates(dated: str | None) -> Iterator[str]:
    """The letter's date in the words by which people look for it."""
    if dated:
        day = date.fromisoformat(dated)
        yield format_long(day)
        yield format_short(day)
