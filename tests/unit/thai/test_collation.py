from __future__ import annotations

from saraban.thai.collation import sort_key


def test_a_leading_vowel_sorts_behind_its_consonant():
    assert sorted(["โข", "ขา", "แก", "เก", "กข"], key=sort_key) == ["กข", "เก", "แก", "ขา", "โข"]


def test_tone_marks_decide_only_between_words_that_are_otherwise_the_same():
    assert sorted(["ข้าวสาร", "ข้าว", "ขาว", "ข่าว", "ขาวสะอาด"], key=sort_key) == [
        "ขาว",
        "ข่าว",
        "ข้าว",
        "ขาวสะอาด",
        "ข้าวสาร",
    ]


def test_spaces_and_punctuation_do_not_count():
    assert sorted(["ศธ 04009/2", "ศธ.04009/1", "ศธ04009/3"], key=sort_key) == ["ศธ.04009/1", "ศธ 04009/2", "ศธ04009/3"]


def test_digits_come_before_thai_and_thai_before_latin():
    assert sorted(["Zoom", "ประชุม", "๑๒", "3"], key=sort_key) == ["๑๒", "3", "ประชุม", "Zoom"]


def test_texts_that_sort_the_same_keep_a_fixed_order():
    assert sort_key("ต่างๆ") != sort_key("ต่าง ๆ")


def test_the_months_sort_as_in_a_dictionary():
    months = ["มกราคม", "กุมภาพันธ์", "เมษายน", "พฤษภาคม", "ตุลาคม", "สิงหาคม"]

    assert sorted(months, key=sort_key) == ["กุมภาพันธ์", "ตุลาคม", "พฤษภาคม", "มกราคม", "เมษายน", "สิงหาคม"]
