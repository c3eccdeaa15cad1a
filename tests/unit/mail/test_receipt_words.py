from __future__ import annotations

import pytest

from services.mail.understanding.quoting import own_words
from services.mail.understanding.receipts import acknowledges, letter_numbers, says_more, their_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("ได้รับแล้ว เลขรับ 123/2569", "123/2569"),
        ("ได้รับแล้วค่ะ เลขรับที่ ๑๒๓/๒๕๖๙ ขอบคุณค่ะ", "123/2569"),
        ("ลงทะเบียนรับแล้ว เลขทะเบียนรับ 77", "77"),
        ("ทะเบียนรับเลขที่ 5 ลงวันที่ 23 พ.ย. 2569", "5"),
        ("เลขที่รับ: ศธ 12/2569", "ศธ12/2569"),
        ("เลขรับของท่านคือ 12 / 2569", "12/2569"),
        ("ลงรับที่ 456 เรียบร้อย", "456"),
        ("Received. Receive number: 99/2569", "99/2569"),
        ("ได้รับหนังสือเรียบร้อยแล้ว", None),
        ("รับทราบ", None),
        ("ลงรับวันที่ 23 พ.ย. 2569", None),
        ("ลงรับแล้ว เมื่อ 23/11/2569", None),
    ],
)
def test_an_acknowledgement_is_recognised_with_its_number(words: str, number: str | None) -> None:
    assert acknowledges(words)
    assert their_number(words) == number


@pytest.mark.parametrize(
    "words", ["", "ยังไม่ได้รับหนังสือ", "ครูได้รับผลกระทบจากน้ำท่วม", "โปรดตอบรับ", "กรุณาตอบรับด้วย", "สวัสดีครับ", "ขอบคุณ"]
)
def test_other_words_are_no_acknowledgement(words: str) -> None:
    assert not acknowledges(words)


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("ได้รับแล้ว เลขรับ 123/2569 ขอบคุณครับ", False),
        ("ได้รับแล้ว แต่ไฟล์แนบเปิดไม่ได้", True),
        ("ได้รับแล้ว โปรดส่งสิ่งที่ส่งมาด้วยอีกครั้ง", True),
        ("ได้รับแล้ว ประชุมวันไหน?", True),
        ("ได้รับแล้ว " + "รายละเอียด " * 60, True),
    ],
)
def test_an_answer_that_says_more_must_be_read_by_a_person(words: str, more: object) -> None:
    assert says_more(words) == more


@pytest.mark.parametrize(
    "quotation",
    [
        "> โปรดแจ้งเลขรับ 1",
        "On Mon, 23 Nov 2026 at 09:00, KSP <ksp@saraban.mail.go.th> wrote:\nเลขรับ 1",
        "เมื่อ จ. 23 พ.ย. 2026 09:00 คุรุสภา <ksp@saraban.mail.go.th> เขียนว่า:\nเลขรับ 1",
        "-----Original Message-----\nเลขรับ 1",
        "________________________________\nFrom: KSP\nเลขรับ 1",
        "จาก: คุรุสภา\nส่ง: 23 พ.ย. 2569\nถึง: สพฐ.\nเลขรับ 1",
        "-- \nเลขรับ 1",
    ],
)
def test_what_is_quoted_below_does_not_count(quotation: str) -> None:
    assert own_words(f"ได้รับแล้ว\n\n{quotation}") == "ได้รับแล้ว"


def test_a_line_that_only_begins_like_a_quotation_counts() -> None:
    text = "จาก: สพฐ. ขอแจ้งว่าได้รับแล้ว\nขอบคุณ"

    assert own_words(text) == text


def test_letter_numbers_are_found_with_and_without_a_word_before_them() -> None:
    found = letter_numbers("ตอบรับหนังสือศธ ๐๔๐๐๙/ว ๑๒ และ กค (กวจ) 0405.2/ว 119")

    assert "ศธ 04009/ว 12" in found
    assert "กค (กวจ) 0405.2/ว 119" in found
