"""What can be wrong with a date that someone wrote."""

from __future__ import annotations

from saraban.contracts.errors import Invalid


class DateNotUnderstood(Invalid):
    """The text is in none of the forms in which dates are written here. `detail`: text."""

    code = "date.not_understood"
    th = "อ่านวันที่ “{text}” ไม่ได้ โปรดเขียนเช่น 23 พ.ย. 2569 หรือ 23/11/2569"
    en = 'The date "{text}" cannot be read. Write it like 23 พ.ย. 2569 or 23/11/2569.'


class NoSuchDay(Invalid):
    """The month has no such day in that year. `detail`: text, day, month, year, last_day."""

    code = "date.no_such_day"
    th = "ไม่มีวันที่ {day} ในเดือน{month} พ.ศ. {year} เดือนนี้มีถึงวันที่ {last_day} โปรดตรวจสอบ"
    en = "There is no day {day} in {month} B.E. {year}: the month ends on day {last_day}. Check the date."


class TimeMissing(Invalid):
    """A moment was asked for, and only its day was written. `detail`: text, field."""

    code = "date.time_missing"
    th = "“{text}” ยังไม่มีเวลา โปรดระบุเวลาด้วย เช่น 23 พ.ย. 2569 16.30 น."
    en = '"{text}" tells no time. Write the time too, like 23/11/2569 16:30.'


class NoSuchTime(Invalid):
    """The clock has no such time. `detail`: text, time, field."""

    code = "date.no_such_time"
    th = "ไม่มีเวลา {time} น. โปรดเขียนเวลา 00.00 ถึง 24.00 เช่น 16.30 น."
    en = "There is no time {time}. Write a time from 00:00 to 24:00, like 16:30."


class DeadlineBeforeLetter(Invalid):
    """A letter was to be there (ด่วนภายใน) before the day that it was written. `detail`: field."""

    code = "date.deadline_before_letter"
    th = "กำหนดด่วนภายในอยู่ก่อนวันที่ของหนังสือ โปรดตรวจสอบทั้งสองวัน"
    en = "The deadline lies before the date of the letter. Check both."


class NoSuchMonth(Invalid):
    """The number given as month is not 1 to 12. `detail`: text, month."""

    code = "date.no_such_month"
    th = "ไม่มีเดือนที่ {month} โปรดเขียนวันก่อนเดือน เช่น 23/11/2569"
    en = "There is no month {month}. Write the day before the month, like 23/11/2569."


class CenturyUnclear(Invalid):
    """The year has two digits. `detail`: text, choices (the Buddhist years that could be meant, latest first)."""

    code = "date.century_unclear"
    th = "ปีใน “{text}” มีเพียงสองหลัก โปรดระบุปี พ.ศ. ให้ครบสี่หลัก"
    en = 'The year in "{text}" has only two digits. Write all four digits of the Buddhist year.'


class YearOutOfRange(Invalid):
    """The year is neither พ.ศ. 2400 to 2700 nor CE 1900 to 2100. `detail`: text, year."""

    code = "date.year_out_of_range"
    th = "ปี {year} ไม่อยู่ในช่วง พ.ศ. 2400–2700 หรือ ค.ศ. 1900–2100 โปรดตรวจสอบ"
    en = "The year {year} is neither B.E. 2400-2700 nor CE 1900-2100. Check it."
