from __future__ import annotations

import pytest
from hypothesis import given

from saraban.thai.search_key import letter_number_key, search_key
from tests.unit.thai.text_strategies import any_text


def test_digits_width_case_and_spaces_do_not_matter_for_finding():
    assert search_key("  ประกาศ  ＳＰＣ ฉบับที่ ๑๒\n/๒๕๖๙ ") == "ประกาศ spc ฉบับที่ 12 /2569"


def test_a_misspelt_word_has_the_key_of_the_right_one():
    assert search_key("นํ้าท่วม") == search_key("น้ำท่วม")


@given(any_text)
def test_the_key_of_a_key_is_itself(text):
    once = search_key(text)

    assert search_key(once) == once


@pytest.mark.parametrize(
    "written",
    ["ที่ ศธ ๐๔๐๐๙/ว ๑๒๓๔", "ศธ 04009/ว1234", "ที่ศธ๐๔๐๐๙/ว๑๒๓๔", " ที่  ศธ\u00a004009 / ว 1234"],
)
def test_a_letter_number_is_the_same_in_either_digits_and_any_spacing(written):
    assert letter_number_key(written) == "ศธ04009/ว1234"


def test_a_circular_number_differs_from_the_plain_one():
    assert letter_number_key("ศธ 04009/ว 123") != letter_number_key("ศธ 04009/123")


def test_nested_codes_and_committee_letters_stay():
    assert letter_number_key("ที่ กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙") == "กค(กวจ)0405.2/ว119"
