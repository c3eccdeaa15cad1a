"""Dates as Thai offices write them: Buddhist years, either digits, full or short months.

Stored dates are `datetime.date` in the common era; the Buddhist year is the common one + 543. A Buddhist year is turned
into the common one before the day is checked, since leap days follow the common year: 29 ก.พ. 2567 is real.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from saraban.contracts.errors.dates import (
    CenturyUnclear,
    DateNotUnderstood,
    NoSuchDay,
    NoSuchMonth,
    NoSuchTime,
    TimeMissing,
    YearOutOfRange,
)
from saraban.thai.numbers import thai_digits
from saraban.thai.search_key import search_key

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_OFFSET = 543

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip

_BUDDHIST_YEARS = range(2400, 2701)
_COMMON_YEARS = range(1900, 2101)

_MONTH_NUMBERS = {
    name.replace(".", ""): number for names in (MONTHS, SHORT_MONTHS) for number, name in enumerate(names, start=1)
}
_WEEKDAY = re.compile(r"^(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)(?:ที่)?|วันที่|ลงวันที่)\s*")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})$")
_NAMED = re.compile(r"(\d{1,2})\s*(?:เดือน)?\s*([ก-๎.]*?)\s*(?:([พค])\.?\s?ศ\.?)?\s*(\d{1,4})$")
_CLOCK = re.compile(
    r"(?P<day>.+?)(?:\s*เวลา\s*|t|\s+)(?P<hour>\d{1,2})\s*[:.]\s*(?P<minute>\d{2})"
    r"(?::\d{2}(?:\.\d+)?)?\s*(?:น\.?|นาฬิกา|(?P<zone>z|[+-]\d{2}:?\d{2}))?$"
)


def parse_moment(text: str) -> datetime:
    """The moment that `text` names, to the minute and in UTC: a day as `parse_date` reads it, then a time on the clocks
    of Bangkok, such as `16.30 น.`, `เวลา 16:30` or `24.00 น.` (the end of the day); or an ISO time, which may name its
    zone.

    Raises what `parse_date` raises, TimeMissing or NoSuchTime.
    """
    written = _CLOCK.match(search_key(text).strip())
    if written is None:
        parse_date(text)
        raise TimeMissing({"text": text})
    day = parse_date(written["day"])
    hour, minute = int(written["hour"]), int(written["minute"])
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise NoSuchTime({"text": text, "time": f"{written['hour']}.{written['minute']}"})
    midnight = datetime.combine(day, time(), tzinfo=_zone(written["zone"]))
    return (midnight + timedelta(hours=hour, minutes=minute)).astimezone(UTC)


def _zone(written: str | None) -> tzinfo:
    if not written:
        return BANGKOK
    if written == "z":
        return UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    ahead = timedelta(hours=min(hours, 23), minutes=min(minutes, 59))
    return timezone(ahead if written[0] == "+" else -ahead)


def parse_date(text: str) -> date:
    """The day that `text` names, in any of these forms and either digits: `23 พฤศจิกายน 2569`, `23 พ.ย. พ.ศ. 2569`,
    `23/11/2569`, `23-11-2026`, `2026-11-23`; a weekday or `วันที่` may come first.

    Years 2400 to 2700 are Buddhist, 1900 to 2100 common. Raises DateNotUnderstood, NoSuchMonth, NoSuchDay,
    CenturyUnclear (two digits: the person must say) or YearOutOfRange.
    """
    written = _split(_WEEKDAY.sub("", search_key(text)))
    if written is None:
        raise DateNotUnderstood({"text": text})
    day, month, era, digits = written
    if not 1 <= month <= 12:
        raise NoSuchMonth({"text": text, "month": month})
    year = _common_year(text, era, digits)
    last_day = monthrange(year, month)[1]
    if not 1 <= day <= last_day:
        shown = {"day": day, "month": MONTHS[month - 1], "year": year + BUDDHIST_OFFSET, "last_day": last_day}
        raise NoSuchDay({"text": text, **shown})
    return date(year, month, day)


def _split(key: str) -> tuple[int, int, str, str] | None:
    """Day, month, era (`พ`, `ค` or nothing) and the digits of the year."""
    if match := _ISO.match(key):
        return int(match[3]), int(match[2]), "", match[1]
    if match := _NUMERIC.match(key):
        return int(match[1]), int(match[2]), "", match[3]
    if (match := _NAMED.match(key)) and (month := _MONTH_NUMBERS.get(match[2].replace(".", ""))):
        return int(match[1]), month, match[3] or "", match[4]
    return None


def _common_year(text: str, era: str, digits: str) -> int:
    year = int(digits)
    if len(digits) <= 2:
        raise CenturyUnclear({"text": text, "choices": [2500 + year, 2400 + year]})
    if year in _BUDDHIST_YEARS and era != "ค":
        return year - BUDDHIST_OFFSET
    if year in _COMMON_YEARS and era != "พ":
        return year
    raise YearOutOfRange({"text": text, "year": year})


def format_long(day: date, *, thai_numerals: bool = True) -> str:
    """`๒๓ พฤศจิกายน ๒๕๖๙`, as letters carry it (or with Arabic digits)."""
    return _numerals(f"{day.day} {MONTHS[day.month - 1]} {day.year + BUDDHIST_OFFSET}", thai_numerals=thai_numerals)


def format_short(day: date, *, thai_numerals: bool = False) -> str:
    """`23 พ.ย. 2569`, for lists and screens (or with Thai digits)."""
    text = f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year + BUDDHIST_OFFSET}"
    return _numerals(text, thai_numerals=thai_numerals)


def _numerals(text: str, *, thai_numerals: bool) -> str:
    return thai_digits(text) if thai_numerals else text


def bangkok(moment: datetime) -> datetime:
    """`moment` (with a time zone) on the clocks of Bangkok."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone does not tell which day it is in Bangkok")
    return moment.astimezone(BANGKOK)


def buddhist_year(moment: datetime) -> int:
    """The Buddhist year of `moment` in Bangkok: at 00:30 on 1 January there it is the new year, though UTC says the
    old one."""
    return bangkok(moment).year + BUDDHIST_OFFSET
