"""Days and moments as officers read them: Buddhist years and the clocks of Bangkok in Thai, common years in English."""

from __future__ import annotations

from datetime import date, datetime

from saraban.thai.dates import bangkok, format_long, format_short

_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_of(iso: str) -> date:
    """The day of an ISO date, or of an ISO time in Bangkok. Raises ValueError when it is neither."""
    return bangkok(datetime.fromisoformat(iso)).date() if "T" in iso else date.fromisoformat(iso)


def say_day(language: str, iso: str) -> str:
    """`23 พ.ย. 2569`, or `23 Nov 2026`."""
    day = day_of(iso)
    if language == "th":
        return format_short(day)
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"


def say_long_day(language: str, iso: str) -> str:
    """`23 พฤศจิกายน 2569`, or `23 Nov 2026`."""
    return format_long(day_of(iso), thai_numerals=False) if language == "th" else say_day(language, iso)


def say_moment(language: str, iso: str) -> str:
    """`23 พ.ย. 2569 09:15 น.`, or `23 Nov 2026, 09:15`, on the clocks of Bangkok."""
    clock = bangkok(datetime.fromisoformat(iso)).strftime("%H:%M")
    day = say_day(language, iso)
    return f"{day} {clock} น." if language == "th" else f"{day}, {clock}"
