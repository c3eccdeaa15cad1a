"""Days around today, so that the demo's letters are always recent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from saraban.thai.dates import BUDDHIST_OFFSET, format_long

_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


@dataclass(frozen=True, slots=True)
class Almanac:
    """The calendar as seen from `today`. Texts carry Arabic digits; the typesetter turns them Thai."""

    today: date

    def ago(self, days: int) -> date:
        """A working day about so many days ago: a Saturday or Sunday becomes the Friday before."""
        day = self.today - timedelta(days=days)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def before(self, days: int) -> str:
        """That day, written out."""
        return self._long(self.ago(days))

    def on(self, days: int) -> str:
        """A working day in so many days, written with its weekday (a Saturday or Sunday becomes the Monday after)."""
        day = self._ahead(days)
        return f"วัน{_WEEKDAYS[day.weekday()]}ที่ {self._long(day)}"

    def by(self, days: int) -> str:
        """A working day in so many days, as a time limit."""
        return f"ภายในวันที่ {self._long(self._ahead(days))}"

    @property
    def year(self) -> int:
        """The Buddhist year of today."""
        return self.today.year + BUDDHIST_OFFSET

    @property
    def budget_year(self) -> int:
        """The Buddhist budget year in which today lies; it begins on 1 October."""
        return self.year + (self.today.month >= 10)

    def _ahead(self, days: int) -> date:
        day = self.today + timedelta(days=days)
        return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)

    @staticmethod
    def _long(day: date) -> str:
        return format_long(day, thai_numerals=False)
