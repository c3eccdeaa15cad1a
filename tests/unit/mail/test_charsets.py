from __future__ import annotations

import pytest

from services.mail.understanding.charsets import THAI_LABELS, decode
from services.mail.understanding.mojibake import repair

LETTER = "หนังสือเวียน ที่ ศธ ๐๔๐๐๙/ว ๑๒๓ เรื่อง น้ำท่วม"


@pytest.mark.parametrize("label", sorted(THAI_LABELS))
def test_every_name_of_the_thai_character_set_is_read_as_cp874(label: str) -> None:
    read = decode("“หนังสือ” … ๑๒๓".encode("cp874"), label)

    assert read.text == "“หนังสือ” … ๑๒๓"
    assert not read.damaged


@pytest.mark.parametrize("label", ["TIS-620", "Windows_874", ' "x-windows-874" '])
def test_a_label_may_be_written_in_any_way(label: str) -> None:
    assert decode(LETTER.encode("cp874"), label).text == LETTER


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        pytest.param(LETTER.encode(), None, id="UTF-8 without a label"),
        pytest.param(LETTER.encode("cp874"), None, id="cp874 without a label"),
        pytest.param(LETTER.encode("cp874"), "utf-8", id="cp874 labelled UTF-8"),
        pytest.param(LETTER.encode("cp874"), "us-ascii", id="cp874 labelled ASCII"),
        pytest.param(LETTER.encode("cp874"), "iso-8859-1", id="cp874 labelled Latin-1"),
        pytest.param(LETTER.encode("cp874"), "windows-1252", id="cp874 labelled windows-1252"),
        pytest.param(LETTER.encode("cp874"), "no-such-charset", id="cp874 with a label that nobody knows"),
        pytest.param(LETTER.encode("cp874"), "\x00", id="cp874 with a label that is none"),
        pytest.param(LETTER.encode(), "tis-620", id="UTF-8 labelled TIS-620"),
        pytest.param(LETTER.encode(), "iso-8859-1", id="UTF-8 labelled Latin-1"),
        pytest.param(LETTER.encode("utf-8-sig"), "utf-8", id="UTF-8 with a byte order mark"),
        pytest.param(LETTER.encode("utf-16"), "utf-16", id="UTF-16"),
    ],
)
def test_thai_is_read_whatever_the_label_says(raw: bytes, label: str | None) -> None:
    read = decode(raw, label)

    assert read.text == LETTER
    assert not read.damaged


@pytest.mark.parametrize("abbreviation", ["ศธ", "ยธ", "สธ", "รง"])
def test_two_thai_letters_that_are_also_one_letter_of_utf_8_are_read_as_thai(abbreviation: str) -> None:
    assert decode(f"{abbreviation} 04009/1".encode("cp874")).text == f"{abbreviation} 04009/1"


@pytest.mark.parametrize("text", ["Café Müller", "Привет", "日本語", "“–” €"])
def test_other_languages_in_utf_8_stay_what_they_are(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("label", ["gb2312", "big5", "shift_jis", "koi8-r", "iso-8859-15"])
def test_other_honest_labels_are_believed(label: str) -> None:
    text = {"koi8-r": "Привет", "iso-8859-15": "Müller"}.get(label, "日本")

    assert decode(text.encode(label), label).text == text


@pytest.mark.parametrize("label", ["rot13", "zlib", "hex", "base64", "unicode_escape", "idna", "punycode", "undefined"])
def test_codecs_that_are_no_character_sets_are_not_used(label: str) -> None:
    assert decode(LETTER.encode(), label).text == LETTER


def test_bytes_that_fit_nothing_are_replaced_and_flagged() -> None:
    cut_short = decode(LETTER.encode()[:-1], "utf-8")
    latin = decode("Café".encode("latin-1"))

    assert cut_short.damaged
    assert cut_short.text == LETTER[:-1] + "\ufffd"
    assert latin.damaged
    assert latin.text == "Caf\ufffd"


def seen_as(codec: str) -> str:
    """UTF-8 bytes as Windows shows them in a one-byte character set."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in LETTER.encode())


@pytest.mark.parametrize(
    "misread",
    [
        pytest.param(LETTER.encode("cp874").decode("latin-1"), id="cp874 read as Latin-1"),
        pytest.param(LETTER.encode().decode("latin-1"), id="UTF-8 read as Latin-1"),
        pytest.param(seen_as("cp1252"), id="UTF-8 read as windows-1252"),
        pytest.param(seen_as("cp874"), id="UTF-8 read as cp874"),
    ],
)
def test_thai_that_was_misread_on_its_way_is_repaired(misread: str) -> None:
    assert misread != LETTER
    assert repair(misread) == LETTER


def test_only_the_misread_part_of_a_text_is_repaired() -> None:
    assert repair("Fwd: Ë¹Ñ§Ê×Í ครับ") == "Fwd: หนังสือ ครับ"
    assert repair("Re: È¸ 04009/1 Ë¹Ñ§Ê×Í") == "Re: ศธ 04009/1 หนังสือ"


@pytest.mark.parametrize(
    "text",
    [LETTER, "Café", "São Paulo ção", "Größenänderung", "ççççç ãõéã", "»»»» ข่าว ««««", "————", "°°°° 30°", "เธอกับเธอ"],
)
def test_text_that_is_well_is_left_alone(text: str) -> None:
    assert repair(text) == text
