from __future__ import annotations

import pytest

from services.intake.names import name_of_letter, safe_name


@pytest.mark.parametrize(
    ("told", "safe"),
    [
        ("หนังสือ ๑๒๓.pdf", "หนังสือ ๑๒๓.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\สมศรี\\หนังสือ.pdf", "หนังสือ.pdf"),
        ("a\r\nX-Header: b\0.pdf", "aX-Header: b.pdf"),
        ("  .pdf", "pdf"),
        ("", "file"),
        ("...", "file"),
    ],
)
def test_folders_and_control_characters_go(told: str, safe: str) -> None:
    assert safe_name(told) == safe


def test_a_long_name_is_cut_between_clusters_and_keeps_its_extension() -> None:
    name = safe_name("น้ำ" * 200 + ".pdf")

    assert len(name.encode()) <= 255
    assert name == "น้ำ" * 27 + ".pdf"


def test_a_letter_is_called_by_its_number_or_else_its_subject() -> None:
    assert name_of_letter("ศธ ๕๑๐๐/๑๒", "น้ำท่วม") == "ศธ ๕๑๐๐-๑๒.pdf"
    assert name_of_letter("", "น้ำท่วม") == "น้ำท่วม.pdf"
    assert name_of_letter("", "") == "letter.pdf"
