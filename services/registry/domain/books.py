"""Books and their numbers: a number is the version of the book's stream, counted from its start number.

One book for each unit, kind and year. The year is the calendar year in Asia/Bangkok plus 543, or the fiscal year
that begins on 1 October where an agency runs its registers so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from saraban.contracts import ids
from saraban.contracts.events import registry as said
from saraban.thai.dates import bangkok, buddhist_year
from saraban.thai.numbers import thai_digits as in_thai


def register_year(moment: datetime, *, starts_in_october: bool) -> int:
    """The Buddhist year whose registers are open at `moment`."""
    next_fiscal = starts_in_october and bangkok(moment).month >= 10
    return buddhist_year(moment) + (1 if next_fiscal else 0)


def open_book(unit_id: str, kind: str, moment: datetime, *, starts_in_october: bool) -> str:
    """The id of the book that gives out numbers of this unit and kind at `moment`."""
    return ids.book_id(unit_id, kind, register_year(moment, starts_in_october=starts_in_october))


def start_number(notes: Iterable[object]) -> int:
    """The first number of a book, from the events in its notes: 1 unless it was started elsewhere."""
    starts = [note.start_number for note in notes if isinstance(note, said.BookStarted)]
    return starts[-1] if starts else 1


def issue(book_id: str, taken: int, start: int, letter_id: str) -> said.NumberIssued:
    """The next number of a book of which `taken` numbers are gone."""
    return said.NumberIssued(book_id=book_id, number=start + taken, letter_id=letter_id)


def reserve(
    first: said.NumberIssued, count: int, reservation_id: str, reason: str, expires: str
) -> list[said.NumberReserved]:
    """A block of `count` numbers that begins where `first` would be."""
    return [
        said.NumberReserved(
            book_id=first.book_id,
            number=first.number + place,
            reservation_id=reservation_id,
            reason=reason,
            expires=expires,
        )
        for place in range(count)
    ]


def receive_number(number: int, book_id: str) -> str:
    """A receive number as it is written: `12/2569`."""
    return f"{number}/{book_id.rsplit(':', 1)[1]}"


def letter_number(code: str, number: int, *, thai_digits: bool) -> str:
    """A letter number as it is written: the unit's code, a slash and the send number: `ศธ ๐๔๐๐๙/๑๒`."""
    digits = in_thai(number) if thai_digits else str(number)
    return f"{code}/{digits}"
