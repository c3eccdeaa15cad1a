from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saraban.thai.clusters import clusters
from services.mail.understanding.file_names import NAME_BYTES, safe_name, shortened
from tests.unit.mail.letters_by_mail import PDF, encoded_word, multipart, part, understood

NAME = "หนังสือน้ำท่วม.pdf"
PERCENT_TIS = "".join(f"%{byte:02X}" for byte in NAME.encode("cp874")).encode()
PERCENT_UTF = "".join(f"%{byte:02X}" for byte in NAME.encode()).encode()


@pytest.mark.parametrize(
    "disposition",
    [
        pytest.param(b"attachment; filename*=tis-620''" + PERCENT_TIS, id="RFC 2231 in TIS-620"),
        pytest.param(b"attachment; filename*=UTF-8'th'" + PERCENT_UTF, id="RFC 2231 in UTF-8 with a language"),
        pytest.param(b"attachment; filename*=windows-874''" + PERCENT_TIS, id="RFC 2231 in windows-874"),
        pytest.param(
            b"attachment; filename*0*=tis-620''" + PERCENT_TIS[:9] + b";\r\n filename*1*=" + PERCENT_TIS[9:],
            id="RFC 2231 in sections",
        ),
        pytest.param(
            b"attachment; filename*1*=" + PERCENT_UTF[12:] + b"; filename*0*=utf-8''" + PERCENT_UTF[:12],
            id="RFC 2231 in sections, the wrong way round",
        ),
        pytest.param(
            b"attachment; filename=\"fallback.pdf\"; filename*=utf-8''" + PERCENT_UTF, id="RFC 2231 beside a plain name"
        ),
        pytest.param(b'attachment; filename="' + encoded_word(NAME, "utf-8", "utf-8") + b'"', id="RFC 2047 in quotes"),
        pytest.param(
            b'attachment; filename="' + encoded_word(NAME, "cp874", "windows-874", "Q") + b'"',
            id="RFC 2047 in quotes, windows-874",
        ),
        pytest.param(b"attachment; filename=" + encoded_word(NAME, "cp874", "tis-620"), id="RFC 2047 without quotes"),
        pytest.param(b'attachment; filename="' + NAME.encode("cp874") + b'"', id="raw TIS-620"),
        pytest.param(b'attachment; filename="' + NAME.encode() + b'"', id="raw UTF-8"),
        pytest.param(b"attachment; filename=" + NAME.encode("cp874"), id="raw TIS-620 without quotes"),
        pytest.param(b'attachment; filename="' + PERCENT_UTF + b'"', id="percent signs where none belong"),
        pytest.param(
            b'attachment; filename="' + NAME.encode("cp874").decode("latin-1").encode() + b'"', id="misread on its way"
        ),
    ],
)
def test_the_name_of_a_file_is_read_however_it_is_written(disposition: bytes) -> None:
    (attachment,) = understood(multipart(part(PDF, disposition=disposition))).attachments

    assert attachment.name == NAME


def test_the_name_of_the_type_serves_when_the_disposition_has_none() -> None:
    kind = b'application/pdf; name="' + encoded_word(NAME, "cp874", "tis-620") + b'"'

    (attachment,) = understood(multipart(part(PDF, kind, b"inline"))).attachments

    assert attachment.name == NAME


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (b"application/pdf", "attachment-1.pdf"),
        (b"application/x-unheard-of", "attachment-1.bin"),
        (b"message/rfc822", "a flood.eml"),
    ],
)
def test_a_file_without_a_name_gets_one(kind: bytes, name: str) -> None:
    content = b"From: a@b\r\nSubject: a flood\r\n\r\n" if kind == b"message/rfc822" else PDF

    (attachment,) = understood(multipart(part(content, kind, b"attachment", encode=False))).attachments

    assert attachment.name == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\งาน\\หนังสือ.pdf", "หนังสือ.pdf"),
        ("a\x00b\r\nc.pdf", "a b c.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        (".htaccess", "htaccess"),
        ("...", ""),
        ("a/", ""),
        ("นํ้าท่วม.pdf", "น้ำท่วม.pdf"),
        ("\ud800.pdf", "\ufffd.pdf"),
    ],
)
def test_a_name_keeps_no_path_and_nothing_unseen(written: str, name: str) -> None:
    assert safe_name(written) == name


def test_a_long_name_is_cut_between_clusters_and_keeps_its_extension() -> None:
    name = safe_name("น้ำ" * 100 + ".pdf")

    assert len(name.encode()) <= NAME_BYTES
    assert name == "น้ำ" * 27 + ".pdf"


@given(st.text(alphabet="กน้ำเี่ัa .-/", max_size=200), st.sampled_from(["", ".pdf", ".docx"]))
def test_a_cut_name_is_short_enough_and_begins_as_the_whole(stem: str, extension: str) -> None:
    name = shortened(stem + extension, 60)

    assert len(name.encode()) <= 60
    kept = name.removesuffix(extension)
    assert stem.startswith(kept)
    assert "".join(clusters(stem)).startswith(kept)
