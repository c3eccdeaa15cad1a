from __future__ import annotations

import pytest
from hypothesis import given

from saraban.thai.normal_form import normal_form
from tests.unit.thai.text_strategies import any_text


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("ทํา", "ทำ"),
        ("เเผน", "แผน"),
        ("ท่ี", "ที่"),
        ("จำากัด", "จำกัด"),
        ("ฤๅษี", "ฤๅษี"),
        ("มๅ", "มา"),
        ("กา่", "ก่า"),
        ("จะ้", "จ้ะ"),
        ("ที่่", "ที่"),
        ("พันธ์ุ", "พันธุ์"),
    ],
)
def test_every_way_to_type_a_word_is_stored_in_one_spelling(written, stored):
    assert normal_form(written) == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("ที\uf70a", "ที่"),
        ("ป\uf701\uf70aน", "ปิ่น"),
        ("ปร\uf70cะ", "ปร๊ะ"),
        ("\uf700าน", "ฐาน"),
        ("\uf70fาติ", "ญาติ"),
        ("ฟ\uf711\uf714า", "ฟ้ำ"),
        ("ป\uf712น", "ป็น"),
        ("กฎ\uf718", "กฎุ"),
    ],
)
def test_glyph_codes_of_old_fonts_become_letters(written, stored):
    assert normal_form(written) == stored


def test_invisible_characters_go_and_a_fixed_space_becomes_a_space():
    assert normal_form("\ufeffสำ\u200bนัก\u00adงาน\u2060 คุรุ\u200dสภา\u00a0ไทย") == "สำนักงาน คุรุสภา ไทย"


def test_sara_am_is_never_split_in_two():
    assert normal_form("น้ำ") == "น\u0e49\u0e33"


def test_latin_letters_are_composed_but_not_replaced_by_look_alikes():
    assert normal_form("cafe\u0301 ﬁ ①") == "café ﬁ ①"


@given(any_text)
def test_normalising_twice_changes_nothing_more(text):
    once = normal_form(text)

    assert normal_form(once) == once
