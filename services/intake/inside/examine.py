"""Looking into a file: how many pages, and what is wrong with it."""

from __future__ import annotations

import zipfile
from typing import Any

_MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word/document.xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xl/workbook.xml",
}
_ENCRYPTED_ENTRY = 0x1

GLANCE = 0.1
"""Page one is drawn at a tenth of its size: a page that no reader gets through is found out here, with limits."""


def examine(path: str, media_type: str) -> dict[str, Any]:
    """{pages, flags} of the file at `path`; see FileScanned for the flags."""
    if media_type == "application/pdf":
        return _pdf(path)
    if media_type.startswith("image/"):
        return _image(path)
    return _archive(path, _MAIN_PARTS.get(media_type))


def _pdf(path: str) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        if pages:
            document[0].render(scale=GLANCE)
    except pypdfium2.PdfiumError as error:
        return _found(0, "encrypted" if "assword" in str(error) else _why_refused(path))
    return _found(pages) if pages else _found(0, "no_pages")


def _why_refused(path: str) -> str:
    """PDFium takes a document without pages for a broken one."""
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            return "broken" if document.pages else "no_pages"
    except pikepdf.PdfError:
        return "broken"


def _image(path: str) -> dict[str, Any]:
    from PIL import Image

    try:
        with Image.open(path) as image:
            pages = int(getattr(image, "n_frames", 1))
            image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return _found(0, "broken")
    return _found(pages)


def _archive(path: str, main_part: str | None) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _found(0, "broken")
    if main_part is not None and main_part not in {entry.filename for entry in entries}:
        return _found(0, "broken")
    return _found(0, *(["encrypted"] if any(entry.flag_bits & _ENCRYPTED_ENTRY for entry in entries) else []))


def _found(pages: int, *flags: str) -> dict[str, Any]:
    return {"pages": pages, "flags": list(flags)}
