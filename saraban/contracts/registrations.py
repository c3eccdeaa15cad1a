"""The receive numbers that a letter has, folded from its stream the same way wherever they are looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from saraban.contracts.events import registry as said


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A receive number that one unit gave the letter; a voided one stays, marked."""

    unit_id: str
    book_id: str
    number: int
    shown: str
    voided: bool = False


Registrations = tuple[Registration, ...]


def registered(status: str, has: Registrations, happened: said.LetterRegistered) -> tuple[str, Registrations]:
    """The letter's status and numbers after one more number."""
    fresh = Registration(
        unit_id=happened.unit_id, book_id=happened.book_id, number=happened.number, shown=happened.shown
    )
    return "registered" if status in {"arrived", "voided"} else status, (*has, fresh)


def voided(status: str, has: Registrations, happened: said.LetterVoided) -> tuple[str, Registrations]:
    """The letter's status and numbers after one was cancelled; without any that stands the letter is voided."""
    marked = tuple(
        replace(one, voided=True) if (one.book_id, one.number) == (happened.book_id, happened.number) else one
        for one in has
    )
    return status if any(not one.voided for one in marked) else "voided", marked
