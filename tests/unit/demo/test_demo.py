from __future__ import annotations

from datetime import date
from email import message_from_bytes
from pathlib import Path

import pypdfium2
import pytest

from saraban.demo.letters import demo_letters
from saraban.demo.making import make_demo
from saraban.thai.dates import parse_date
from saraban.thai.numbers import thai_digits
from services.intake.inside.examine import examine
from tests.unit.paper.conftest import ASSETS
from tests.unit.paper.reading import by_pdfium, without_space

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder, Path(ASSETS), TODAY)
    return folder


def test_there_are_twenty_letters_each_with_its_own_number_and_file() -> None:
    letters = demo_letters(TODAY)

    assert len(letters) == 20
    assert len({letter.number for letter in letters}) == 20
    assert len({letter.file_name for letter in letters}) == 20


def test_they_are_of_many_kinds() -> None:
    letters = demo_letters(TODAY)

    assert {letter.urgency for letter in letters} == {"normal", "urgent", "very_urgent", "most_urgent"}
    assert [letter.secrecy for letter in letters].count("confidential") == 1
    assert sum("/ว " in letter.number for letter in letters) >= 5
    assert [letter.scan for letter in letters].count(True) == 1
    assert len({letter.sender for letter in letters}) >= 18


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 1), date(2028, 2, 29)])
def test_they_are_dated_on_working_days_of_the_last_weeks_in_order(today: date) -> None:
    dates = [letter.dated for letter in demo_letters(today)]

    assert dates == sorted(dates)
    assert all(0 < (today - day).days <= 31 for day in dates)
    assert all(day.weekday() < 5 for day in dates)


def test_the_particulars_are_what_a_clerk_would_type(made: Path) -> None:
    for letter in demo_letters(TODAY):
        particulars = letter.particulars()

        assert parse_date(particulars["dated"]) == letter.dated
        assert particulars["number"] == thai_digits(letter.number)
        assert "\n" not in particulars["sender"]


def test_every_letter_says_what_its_particulars_say(made: Path) -> None:
    for letter in demo_letters(TODAY):
        if letter.scan:
            continue

        text = without_space("".join(by_pdfium(made / letter.file_name)))

        for words in (letter.subject, letter.sender, letter.number, letter.particulars()["dated"], *letter.body):
            assert without_space(thai_digits(words)) in text or without_space(words) in text, (letter.file_name, words)


def test_the_scan_is_a_picture_without_text(made: Path) -> None:
    scan = next(letter for letter in demo_letters(TODAY) if letter.scan)

    document = pypdfium2.PdfDocument(made / scan.file_name)
    kinds = [obj.type for obj in document[0].get_objects()]
    document.close()

    assert by_pdfium(made / scan.file_name) == [""]
    assert kinds == [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]


def test_intake_finds_nothing_wrong_with_any_letter(made: Path) -> None:
    for letter in demo_letters(TODAY):
        assert examine(str(made / letter.file_name), "application/pdf") == {"pages": 1, "flags": []}


def test_the_same_day_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    make_demo(tmp_path, Path(ASSETS), TODAY)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in made.iterdir()
    }


def test_five_mails_come_as_the_world_sends_them(made: Path) -> None:
    mails = {path.name[0]: path.read_bytes() for path in made.glob("*.eml")}

    assert sorted(mails) == ["1", "2", "3", "4", "5"]
    assert "Subject: ส่งบัญชีรายชื่อครู".encode("cp874") in mails["1"]
    assert 'filename="บัญชีรายชื่อครูดีเด่น.pdf"'.encode("cp874") in mails["1"]
    assert b"Subject: =?tis-620?B?" in mails["2"]
    assert b'filename="=?tis-620?B?' in mails["2"]
    assert message_from_bytes(mails["3"]).get_content_type() == "text/html"
    assert [part.get_content_type() for part in message_from_bytes(mails["4"]).get_payload()] == [
        "text/plain",
        "application/pdf",
        "text/plain",
    ]
    assert b"\nFrom:" not in mails["5"]


def test_the_mailed_letters_are_whole(made: Path, tmp_path: Path) -> None:
    for path in made.glob("[124]-*.eml"):
        parts = message_from_bytes(path.read_bytes()).walk()
        pdf = next(part for part in parts if part.get_content_type() == "application/pdf")
        copy = tmp_path / f"{path.name}.pdf"
        copy.write_bytes(pdf.get_payload(decode=True))

        assert "ขอแสดงความนับถือ" in by_pdfium(copy)[0]
