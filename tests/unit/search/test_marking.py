from __future__ import annotations

import pytest
from hypothesis import given

from saraban.thai.clusters import starts_cluster
from services.search.domain.marking import SNIPPET, marked, needles, snippet, weight
from tests.unit.thai.text_strategies import any_text


def hits(text, words):
    return [piece for piece, is_hit in marked(text, needles(words)) if is_hit]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("แผนป้องกันน้ำท่วมในโรงเรียน", "น้ำท่วม", ["น้ำท่วม"]),
        ("แผนป้องกันนํ้าท่วม", "น้ำท่วม", ["นํ้าท่วม"]),
        ("สำนักงาน\n เลขาธิการ", "สำนักงานเลขาธิการ", ["สำนักงาน\n เลขาธิการ"]),
        ("ที่ ศธ ๐๔๐๐๙/ว ๑๒๓๔", "ศธ 04009/ว1234", ["ศธ ๐๔๐๐๙/ว ๑๒๓๔"]),
        ("ส านักงานเลขาธิการ", "สำนักงาน", ["ส านักงาน"]),
        ("ประชุม Zoom", "ＺＯＯＭ", ["Zoom"]),
        ("น้ำท่วมที่ สพฐ. แจ้งไว้", "สพฐ น้ำท่วม", ["น้ำท่วม", "สพฐ"]),
        ("องค์การบริหารส่วนตำบล", "บริหาร", ["บริหาร"]),
        ("กข 12", "12", ["12"]),
        ("ไม่มี", "น้ำท่วม", []),
    ],
)
def test_what_was_looked_for_is_marked_as_it_stands(text, words, expected):
    assert hits(text, words) == expected


def test_a_mark_never_cuts_a_cluster():
    assert hits("เรื่องที่ดี", "รื่อ") == ["เรื่อ"]


@given(any_text, any_text)
def test_marking_loses_nothing_and_cuts_between_clusters_only(text, words):
    pieces = marked(text, needles(words))

    assert "".join(piece for piece, _ in pieces) == text
    assert all(starts_cluster(piece) for piece, _ in pieces[1:])


def test_a_snippet_shows_the_best_place_of_a_long_text():
    text = "น้ำ " + "ข้อความอื่น " * 100 + "แผนป้องกันน้ำท่วมฉับพลัน " + "ข้อความอื่น " * 100

    pieces = snippet(text, needles("น้ำท่วมฉับพลัน"))

    assert ("น้ำท่วมฉับพลัน", True) in pieces
    assert pieces[0] == pieces[-1] == ("…", False)
    assert sum(len(piece) for piece, _ in pieces) < 2 * SNIPPET


@given(any_text, any_text)
def test_a_snippet_of_a_long_text_never_begins_or_ends_inside_a_cluster(text, words):
    long_text = (text + "ที่น้ำเก้า") * 100

    pieces = [piece for piece, _ in snippet(long_text, needles(words or "น้ำ")) if piece != "…"]

    assert all(starts_cluster(piece) for piece in pieces[1:])


def test_a_short_text_is_shown_whole_on_one_line():
    assert snippet("เรียน\n\nเลขาธิการ", needles("เลขาธิการ")) == [("เรียน ", False), ("เลขาธิการ", True)]


def test_a_text_without_a_hit_has_no_snippet():
    assert snippet("ข้อความอื่น", needles("น้ำท่วม")) == []


def test_the_text_that_says_more_of_what_is_wanted_weighs_more():
    wanted = needles("น้ำท่วม สพฐ")

    assert weight("น้ำท่วม สพฐ.", wanted) > weight("น้ำท่วม", wanted) > weight("อื่น", wanted) == 0


@given(any_text, any_text)
def test_a_snippet_of_anything_is_made_of_the_text(text, words):
    pieces = [piece for piece, _ in snippet(text, needles(words)) if piece != "…"]

    assert " ".join("".join(pieces).split()) in " ".join(text.split()) or not pieces
