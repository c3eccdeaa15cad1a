from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saraban.thai.clusters import clusters, starts_cluster
from saraban.thai.lines import break_lines
from tests.unit.thai.text_strategies import any_text

LETTER = "ตามหนังสือที่อ้างถึง สำนักงานเลขาธิการคุรุสภา (สกค.) ได้แจ้งเรื่องต่าง ๆ ให้ทราบแล้วนั้น"


def drawn_width(text):
    """One for each character that takes room; marks above and below take none."""
    return float(sum(starts_cluster(letter) or letter in "ะาำๅ" for letter in text))


def test_a_paragraph_is_broken_between_words():
    lines = break_lines("สำนักงานเลขาธิการคุรุสภา", drawn_width, 9)

    assert lines == ["สำนักงาน", "เลขาธิการ", "คุรุสภา"]


def test_every_line_fits_and_the_lines_join_back_to_the_text():
    lines = break_lines(LETTER, drawn_width, 20)

    assert "".join(lines) == LETTER
    assert all(drawn_width(line.rstrip()) <= 20 for line in lines)


def test_a_repetition_mark_stays_with_its_word():
    for width in range(5, 40):
        assert not any(line.startswith("ๆ") for line in break_lines(LETTER, drawn_width, width))


def test_brackets_stay_with_what_they_hold():
    lines = break_lines("มอบกลุ่ม (อำนวยการ) ดำเนินการ", drawn_width, 11)

    assert lines == ["มอบกลุ่ม ", "(อำนวยการ) ", "ดำเนินการ"]


def test_a_word_wider_than_the_line_is_cut_between_clusters():
    lines = break_lines("https://ksp.or.th/เก้าอี้", drawn_width, 3)

    assert "".join(lines) == "https://ksp.or.th/เก้าอี้"
    assert "เก้า" in "".join(lines[-3:])
    assert all(starts_cluster(line) for line in lines)


def test_a_line_feed_always_ends_a_line():
    assert break_lines("เรียน\nเลขาธิการ", drawn_width, 50) == ["เรียน\n", "เลขาธิการ"]


def test_nothing_makes_no_line():
    assert break_lines("", drawn_width, 50) == []


@given(any_text, st.integers(min_value=1, max_value=30))
def test_whatever_the_text_nothing_is_lost_and_only_a_cluster_can_be_too_wide(text, width):
    lines = break_lines(text, drawn_width, width)

    assert "".join(lines) == text
    assert all(drawn_width(line.rstrip()) <= width or len(clusters(line.rstrip())) == 1 for line in lines)


@given(any_text)
def test_clusters_join_back_to_the_text(text):
    assert "".join(clusters(text)) == text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("น้ำที่", ["น้ำ", "ที่"]), ("เก้าอี้", ["เก้า", "อี้"]), ("นํ้า", ["นํ้า"]), ("ไทย", ["ไท", "ย"])],
)
def test_a_cluster_is_a_letter_with_its_vowels_and_marks(text, pieces):
    assert clusters(text) == pieces
