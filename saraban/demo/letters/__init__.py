"""The demo's incoming letters: written for this project, between real agencies and invented people."""

from __future__ import annotations

from datetime import date

from saraban.demo.letters.almanac import Almanac
from saraban.demo.letters.letter import DemoLetter
from saraban.demo.letters.ministries import from_ministries
from saraban.demo.letters.offices import from_offices
from saraban.demo.letters.schools import from_schools

__all__ = ["DemoLetter", "demo_letters"]


def demo_letters(today: date) -> list[DemoLetter]:
    """Twenty letters to the Secretariat of the Teachers' Council, dated within the four weeks before `today`, oldest
    first. The same day gives the same letters."""
    almanac = Almanac(today)
    letters = [*from_ministries(almanac), *from_offices(almanac), *from_schools(almanac)]
    return sorted(letters, key=lambda letter: (letter.dated, letter.file_name))
