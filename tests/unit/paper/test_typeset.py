from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from saraban.paper.typeset import REGULAR, draw_line, lines_of, shaped_width, width_of
from tests.unit.paper.reading import by_pdfium, by_poppler, ink, needs_poppler

HARD_LINES = [
    "ที่ น้ำ ปั่น ฝั่งโน้น เกี่ยวข้อง ทั้งนี้ ผู้อำนวยการ กตัญญู ฐานันดร ญาติ",
    "ครั้งที่ ๑๒/๒๕๖๙ ระหว่างวันที่ ๓ - ๕ มิถุนายน เวลา ๐๙.๐๐ น.",
    "Zoom Meeting ที่ทำน้ำปั่นให้ DLTV",
    "ฤๅษี ฎีกา เฏาะ ณัฐฐ์ สิทธิ์ สัญลักษณ์ ศิลป์ จันทร์",
    "(ร่าง) “อ้างถึง” 100% – ก/ข",
]


def drawn(path: Path, text: str) -> Path:
    canvas = Canvas(str(path), pagesize=(600, 100))
    draw_line(canvas, 20, 40, text, 24)
    canvas.save()
    return path


def drawn_unshaped(path: Path, text: str) -> Path:
    canvas = Canvas(str(path), pagesize=(600, 100))
    canvas.setFont(REGULAR, 24)
    canvas.drawString(20, 40, text)
    canvas.save()
    return path


@pytest.mark.parametrize("line", HARD_LINES)
def test_every_character_comes_back_from_pdfium(tmp_path, line: str) -> None:
    path = drawn(tmp_path / "line.pdf", line)

    assert by_pdfium(path) == [line]


@needs_poppler
@pytest.mark.parametrize("line", HARD_LINES)
def test_every_character_comes_back_from_poppler(tmp_path, line: str) -> None:
    path = drawn(tmp_path / "line.pdf", line)

    assert by_poppler(path).strip() == line


def test_a_hyphen_at_the_end_of_a_line_is_not_lost(tmp_path) -> None:
    canvas = Canvas(str(tmp_path / "lines.pdf"), pagesize=(600, 100))
    draw_line(canvas, 20, 60, "ระหว่างวันที่ ๓ -", 12)
    draw_line(canvas, 20, 40, "๕ มิถุนายน", 12)
    canvas.save()

    text = by_pdfium(tmp_path / "lines.pdf")[0]

    assert text.split() == ["ระหว่างวันที่", "๓", "-", "๕", "มิถุนายน"]


@pytest.mark.parametrize("line", ["ที่", "ABC ที่"])
def test_a_tone_mark_stands_above_the_vowel_and_not_on_it(tmp_path, line: str) -> None:
    shaped = drawn(tmp_path / "shaped.pdf", line)
    unshaped = drawn_unshaped(tmp_path / "unshaped.pdf", line)

    assert ink(shaped)[1] < ink(unshaped)[1]


def test_a_line_is_as_wide_as_it_was_measured(tmp_path) -> None:
    path = drawn(tmp_path / "line.pdf", "กรมการปกครอง")

    left, _, right, _ = ink(path, scale=4)

    assert (right - left) / 4 == pytest.approx(shaped_width("กรมการปกครอง", 24), abs=4)


def test_lines_break_between_words_and_keep_every_character() -> None:
    text = "สำนักงานเลขาธิการคุรุสภาพิจารณาแล้วเห็นว่าการเตรียมความพร้อมของครูเป็นเรื่องจำเป็นเร่งด่วน"

    lines = lines_of(text, 12, 200, first_width=120)

    assert "".join(lines) == text
    assert width_of(lines[0].rstrip(), 12) <= 120
    assert all(width_of(line.rstrip(), 12) <= 200 for line in lines)
    assert len(lines) > 2


def test_an_empty_paragraph_has_no_line() -> None:
    assert lines_of("", 12, 200) == []
