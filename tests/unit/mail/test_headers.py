from __future__ import annotations

import pytest

from services.mail.understanding.addresses import first_correspondent, is_mailable
from services.mail.understanding.encoded_words import FIELD_LIMIT, header_text
from services.mail.understanding.parameters import read_field
from tests.unit.mail.letters_by_mail import SUBJECT, encoded_word, mail, understood

THAI_LABELS = ["tis-620", "iso-8859-11", "windows-874", "x-windows-874", "ms874", "cp874", "dos-874"]


@pytest.mark.parametrize("label", THAI_LABELS)
@pytest.mark.parametrize("how", ["B", "Q"])
def test_a_subject_in_encoded_words_is_read(label: str, how: str) -> None:
    assert header_text(encoded_word(SUBJECT, "cp874", label, how)).text == SUBJECT


@pytest.mark.parametrize("codec", ["cp874", "utf-8"])
def test_a_subject_in_raw_bytes_is_read(codec: str) -> None:
    assert understood(mail(subject=SUBJECT.encode(codec))).subject == SUBJECT


def test_a_letter_that_is_cut_between_two_encoded_words_is_whole_again() -> None:
    raw = SUBJECT.encode()
    first, second = raw[:10], raw[10:]
    folded = b"=?utf-8?Q?%s?=\r\n =?UTF-8?Q?%s?=" % (
        "".join(f"={byte:02X}" for byte in first).encode(),
        "".join(f"={byte:02X}" for byte in second).encode(),
    )

    assert header_text(folded).text == SUBJECT


def test_white_space_counts_between_words_and_text_but_not_between_encoded_words() -> None:
    first, second = encoded_word("น้ำ", "utf-8", "utf-8"), encoded_word("ท่วม", "utf-8", "utf-8")

    assert header_text(b"Re: " + first + b" " + second + b" 2569").text == "Re: น้ำท่วม 2569"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?B?4LiZ4LmJ4Liz?=", "น้ำ"),
        (b"=?utf-8?B?4LiZ4LmJ4Liz=?=", "น้ำ"),
        (b"=?utf-8?B?4LiZ 4LmJ\r\n 4Liz?=", "น้ำ"),
        (b"=?utf-8*th?Q?a_b?=", "a b"),
        (b"=?utf-8?Q?a b?=", "a b"),
        (b"=?no-such?B?4LiZ4LmJ4Liz?=", "น้ำ"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"plain = ? text", "plain = ? text"),
        (b"", ""),
    ],
)
def test_encoded_words_are_read_as_well_as_they_can_be(raw: bytes, text: str) -> None:
    assert header_text(raw).text == text


def test_nothing_unseen_is_left_in_a_subject() -> None:
    assert header_text("a\x00b\x07 \u202efdp.exe\u2066\r\n\tc".encode()).text == "a b fdp.exe c"


def test_a_subject_without_end_is_cut() -> None:
    assert len(header_text(b"x" * 1_000_000).text) == FIELD_LIMIT


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        (b"saraban@obec.go.th", "", "saraban@obec.go.th"),
        (b"<saraban@obec.go.th>", "", "saraban@obec.go.th"),
        (b'"OBEC, Central" <saraban@obec.go.th>', "OBEC, Central", "saraban@obec.go.th"),
        (b"saraban@obec.go.th (OBEC)", "OBEC", "saraban@obec.go.th"),
        ("สพฐ. <saraban@obec.go.th>".encode("cp874"), "สพฐ.", "saraban@obec.go.th"),
        ('"สพฐ." <saraban@obec.go.th>'.encode(), "สพฐ.", "saraban@obec.go.th"),
        (encoded_word("สพฐ.", "cp874", "windows-874") + b" <a@b.go.th>", "สพฐ.", "a@b.go.th"),
        (b'"' + encoded_word("สพฐ.", "utf-8", "utf-8") + b'" <a@b.go.th>', "สพฐ.", "a@b.go.th"),
        (b'"a@b.go.th <x@y>" <real@z.go.th>', "a@b.go.th <x@y>", "real@z.go.th"),
        (b"first@a.go.th, second@b.go.th", "", "first@a.go.th"),
        (b'John "Nick Doe <john@a.go.th>', "", "john@a.go.th"),
        (b"=?utf-8?Q?a?= b\r\n <a@b.go.th>", "a b", "a@b.go.th"),
    ],
)
def test_the_sender_is_found_however_it_is_written(raw: bytes, name: str, address: str) -> None:
    sender = first_correspondent(raw)

    assert sender is not None
    assert (sender.name, sender.address) == (name, address)


@pytest.mark.parametrize("raw", [b"", b"undisclosed recipients:;", b"<>", "สพฐ.".encode(), b"@", b"<@>", b"a@ b"])
def test_a_field_without_an_address_names_nobody(raw: bytes) -> None:
    assert first_correspondent(raw) is None


@pytest.mark.parametrize("address", ["ksp@saraban.mail.go.th", "saraban@ksp.go.th", "x+srbn.1@a.co", "กลาง@a.go.th"])
def test_addresses_are_not_judged_by_their_prefix(address: str) -> None:
    assert is_mailable(address) == address.isascii()


@pytest.mark.parametrize(
    "address", ["a b@c", "a@b\r\nBcc: x@y", "a@@b", "a@b..c", "a", "@b", "a@", "a@b,c@d", "a" * 70 + "@b"]
)
def test_no_mail_goes_to_what_is_no_address(address: str) -> None:
    assert not is_mailable(address)


def test_a_field_with_parameters_is_read_by_name() -> None:
    read = read_field(b'Multipart/Mixed ; Boundary="a;b\\"c" ; charset = TIS-620; x')

    assert read.value == "multipart/mixed"
    assert read.plain("boundary") == 'a;b"c'
    assert read.plain("charset") == "TIS-620"
    assert read.plain("absent") == ""
