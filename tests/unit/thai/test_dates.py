from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saraban.contracts.errors.dates import (
    CenturyUnclear,
    DateNotUnderstood,
    NoSuchDay,
    NoSuchMonth,
    NoSuchTime,
    TimeMissing,
    YearOutOfRange,
)
from saraban.thai.dates import BANGKOK, buddhist_year, format_long, format_short, parse_date, parse_moment


@pytest.mark.parametrize(
    "written",
    [
        "23 พฤศจิกายน 2569",
        "๒๓ พฤศจิกายน ๒๕๖๙",
        "23 พ.ย. 2569",
        "23 พย 2569",
        "23พ.ย.2569",
        "23 พฤศจิกายน พ.ศ. 2569",
        "23 พ.ย. พ.ศ.๒๕๖๙",
        "23 เดือนพฤศจิกายน พ.ศ. 2569",
        "วันที่ 23 พฤศจิกายน 2569",
        "วันจันทร์ที่ ๒๓ พฤศจิกายน ๒๕๖๙",
        "23/11/2569",
        "๒๓/๑๑/๒๕๖๙",
        "23-11-2569",
        "23.11.2569",
        "23/11/2026",
        "23 พ.ย. ค.ศ. 2026",
        "2026-11-23",
        "2569-11-23",
        "  23  พ.ย.\u00a02569 ",
    ],
)
def test_the_ways_in_which_offices_write_a_day_all_mean_that_day(written):
    assert parse_date(written) == date(2026, 11, 23)


def test_a_leap_day_of_a_buddhist_year_is_real():
    assert parse_date("29 ก.พ. 2567") == date(2024, 2, 29)


def test_a_leap_day_in_a_common_year_is_refused_and_says_where_the_month_ends():
    with pytest.raises(NoSuchDay) as caught:
        parse_date("29 ก.พ. 2566")

    assert caught.value.detail["last_day"] == 28
    assert "กุมภาพันธ์ พ.ศ. 2566" in caught.value.message_th


def test_two_digits_of_a_year_ask_which_century():
    with pytest.raises(CenturyUnclear) as caught:
        parse_date("23/11/69")

    assert caught.value.detail["choices"] == [2569, 2469]


@pytest.mark.parametrize("written", ["1/1/2399", "1/1/2701", "1/1/1899", "1/1/2101", "1/1/569", "1 ม.ค. ค.ศ. 2569"])
def test_a_year_of_neither_era_is_refused(written):
    with pytest.raises(YearOutOfRange):
        parse_date(written)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1/1/2400", date(1857, 1, 1)),
        ("1/1/2700", date(2157, 1, 1)),
        ("1/1/1900", date(1900, 1, 1)),
        ("31/12/2100", date(2100, 12, 31)),
    ],
)
def test_the_years_at_the_ends_of_both_eras_are_taken(written, day):
    assert parse_date(written) == day


def test_the_month_before_the_day_is_refused():
    with pytest.raises(NoSuchMonth):
        parse_date("11/23/2569")


@pytest.mark.parametrize("written", ["", "พรุ่งนี้", "23 พฤษจิกายน 2569", "2569", "1/2", "1/1/" + "9" * 5000])
def test_what_is_no_date_is_refused(written):
    with pytest.raises(DateNotUnderstood):
        parse_date(written)


def test_a_letter_carries_the_long_form_in_thai_digits():
    assert format_long(date(2026, 11, 23)) == "๒๓ พฤศจิกายน ๒๕๖๙"
    assert format_long(date(2026, 11, 23), thai_numerals=False) == "23 พฤศจิกายน 2569"


def test_a_list_carries_the_short_form():
    assert format_short(date(2026, 11, 3)) == "3 พ.ย. 2569"
    assert format_short(date(2026, 11, 3), thai_numerals=True) == "๓ พ.ย. ๒๕๖๙"


@given(st.dates(min_value=date(1857, 1, 1), max_value=date(2157, 12, 31)))
def test_a_formatted_day_reads_back_as_the_same_day(day):
    assert parse_date(format_long(day)) == day
    assert parse_date(format_short(day)) == day


def test_half_past_midnight_on_new_year_in_bangkok_is_the_new_year():
    moment = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)

    assert buddhist_year(moment) == 2570


def test_just_before_midnight_in_bangkok_is_the_old_year():
    assert buddhist_year(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)) == 2569


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        buddhist_year(datetime(2026, 12, 31))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    "written",
    [
        "24 พ.ย. 2569 16.30 น.",
        "๒๔ พฤศจิกายน ๒๕๖๙ เวลา ๑๖.๓๐ น.",
        "วันอังคารที่ 24 พฤศจิกายน 2569 16:30",
        "24/11/2569 16:30 นาฬิกา",
        "24 พ.ย. 2569เวลา16.30น.",
        "2026-11-24T16:30",
        "2569-11-24 16:30",
        "2026-11-24T16:30:00+07:00",
        "2026-11-24T09:30:00Z",
        "2026-11-24T09:30:00+00:00",
    ],
)
def test_a_moment_is_a_day_and_a_time_on_the_clocks_of_bangkok(written):
    assert parse_moment(written) == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_twenty_four_o_clock_is_the_end_of_the_day():
    assert parse_moment("31 ธ.ค. 2569 24.00 น.") == datetime(2026, 12, 31, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("written", ["24 พ.ย. 2569", "24/11/2569", "24.11.2569", "2026-11-24"])
def test_a_moment_needs_its_time(written):
    with pytest.raises(TimeMissing):
        parse_moment(written)


@pytest.mark.parametrize("written", ["24 พ.ย. 2569 24.01 น.", "24 พ.ย. 2569 25.00", "24/11/2569 12:60"])
def test_a_time_that_no_clock_shows_is_refused(written):
    with pytest.raises(NoSuchTime):
        parse_moment(written)


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("29 ก.พ. 2566 09.00 น.", NoSuchDay),
        ("24/13/2569 09:00", NoSuchMonth),
        ("24/11/69 09:00", CenturyUnclear),
        ("พรุ่งนี้ 09.00 น.", DateNotUnderstood),
        ("พรุ่งนี้", DateNotUnderstood),
    ],
)
def test_what_is_wrong_with_the_day_of_a_moment_is_said(written, error):
    with pytest.raises(error):
        parse_moment(written)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.integers(0, 23), st.integers(0, 59), st.booleans())
def test_every_minute_is_read_as_it_is_shown(day, hour, minute, thai):
    written = f"{format_short(day, thai_numerals=thai)} {hour:02}.{minute:02} น."

    assert parse_moment(written) == datetime(day.year, day.month, day.day, hour, minute, tzinfo=BANGKOK)
