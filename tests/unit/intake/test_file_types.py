from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from saraban.contracts.errors.files import FileTypeMismatch, FileTypeNotTaken
from services.intake.file_types import real_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, kind)
    return file.getvalue()


def zipped(name: str = "หนังสือ.txt") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "ที่ ศธ ๐๔๐๐๙/๑๒๓")
    return file.getvalue()


PDF_HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj"
MAIL = b"From: spt@example.go.th\r\nSubject: =?tis-620?B?y9nRp8rX?=\r\n\r\nhello"
HEADS = {
    "application/pdf": PDF_HEAD,
    "image/png": picture("PNG"),
    "image/jpeg": picture("JPEG"),
    "image/tiff": picture("TIFF"),
    DOCX: zipped("word/document.xml"),
    XLSX: zipped("xl/workbook.xml"),
    "message/rfc822": MAIL,
    "text/plain": "เรียน ผู้อำนวยการ".encode(),
    "application/zip": zipped(),
}
NAMES = {
    "application/pdf": "หนังสือ.PDF",
    "image/png": "a.png",
    "image/jpeg": "a.jpg",
    "image/tiff": "a.tif",
    DOCX: "a.docx",
    XLSX: "a.xlsx",
    "message/rfc822": "a.eml",
    "text/plain": "a.txt",
    "application/zip": "a.zip",
}


@pytest.mark.parametrize("media_type", NAMES)
@pytest.mark.parametrize("declared", ["", "application/octet-stream", "itself"])
def test_a_file_that_is_what_its_name_says_is_taken(media_type: str, declared: str) -> None:
    declared = f"{media_type}; name=x" if declared == "itself" else declared

    assert real_type(NAMES[media_type], declared, HEADS[media_type]) == media_type


@pytest.mark.parametrize("media_type", sorted(set(NAMES) - {"application/pdf", "message/rfc822"}))
def test_a_pdf_under_another_name_is_refused(media_type: str) -> None:
    with pytest.raises(FileTypeMismatch) as caught:
        real_type(NAMES[media_type], "", PDF_HEAD)

    assert caught.value.detail["found"] == "application/pdf"


@pytest.mark.parametrize("content", [b"MZ\x90\0\3\0\0\0", b"<html><script>alert(1)</script>", b"PK\3\4", b"\0" * 100])
def test_something_else_under_the_name_of_a_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(FileTypeMismatch):
        real_type("หนังสือ.pdf", "application/pdf", content)


def test_a_name_and_a_declaration_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(FileTypeMismatch):
        real_type("หนังสือ.pdf", "image/png", PDF_HEAD)


@pytest.mark.parametrize("name", ["virus.exe", "หน้าเว็บ.html", "a.pdf.js", "a.svg"])
def test_a_type_that_the_office_does_not_take_is_refused(name: str) -> None:
    with pytest.raises(FileTypeNotTaken):
        real_type(name, "application/pdf", PDF_HEAD)


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "application/zip", "text/plain"])
def test_a_file_without_an_extension_is_what_its_content_shows(media_type: str) -> None:
    assert real_type("หนังสือ", "", HEADS[media_type]) == media_type


def test_a_declaration_stands_in_for_a_missing_extension() -> None:
    assert real_type("หนังสือ", DOCX, HEADS[DOCX]) == DOCX


def test_content_of_no_known_type_without_an_extension_is_refused() -> None:
    with pytest.raises(FileTypeNotTaken):
        real_type("หนังสือ", "", b"\0\1\2\3" * 20)


def test_a_pdf_behind_some_stray_bytes_is_a_pdf() -> None:
    assert real_type("a.pdf", "", b"\r\n\r\n" + PDF_HEAD) == "application/pdf"


@pytest.mark.parametrize("encoding", ["utf-8", "cp874", "utf-16"])
def test_thai_text_in_any_usual_encoding_is_text(encoding: str) -> None:
    assert real_type("a.txt", "text/plain", "เรียน ผู้อำนวยการ".encode(encoding)) == "text/plain"


def test_a_broken_mail_is_still_a_mail() -> None:
    assert real_type("a.eml", "message/rfc822", b"no header at all \0\1\2") == "message/rfc822"
