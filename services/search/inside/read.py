"""Reading the text of a file: one entry, a function for each type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from services.search.domain.file_text import BROKEN, ENCRYPTED, SHORTENED, UNDECODABLE

MOST_PAGES = 2000
MOST_CHARACTERS = 3_000_000

Pages = Iterable[dict[str, Any]]


class Unreadable(Exception):
    """The file cannot be read; the argument is the flag that says why."""


def read(path: str, media_type: str) -> dict[str, Any]:
    """{pages: [{text, pictures}], flags} of the file at `path`: the texts as they stand in it, whether a page shows
    pictures, and `encrypted`, `broken`, `undecodable` or `shortened`."""
    flags: list[str] = []
    try:
        pages = _shortened(_READERS[media_type](path, flags), flags)
    except Unreadable as unreadable:
        return {"pages": [], "flags": [unreadable.args[0]]}
    return {"pages": pages, "flags": flags}


def _shortened(pages: Pages, flags: list[str]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    left = MOST_CHARACTERS
    for page in islice(pages, MOST_PAGES + 1):
        if len(kept) == MOST_PAGES or left <= 0:
            flags.append(SHORTENED)
            break
        kept.append({**page, "text": page["text"][:left]})
        left -= len(page["text"])
    return kept


def _pdf(path: str, _flags: list[str]) -> Pages:
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    try:
        document = pypdfium2.PdfDocument(path)
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            pictures = not text.strip() and any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3))
            yield {"text": text, "pictures": pictures}
            page.close()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(ENCRYPTED if "assword" in str(error) else BROKEN) from error


def _docx(path: str, _flags: list[str]) -> Pages:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(path)
    except (PackageNotFoundError, KeyError, ValueError, OSError, SyntaxError) as error:
        raise Unreadable(BROKEN) from error
    bodies = [document.element.body]
    for section in document.sections:
        bodies += [section.header._element, section.footer._element]  # noqa: SLF001 - python-docx shows no other way
    yield {"text": "\n".join(map(_paragraphs, bodies)), "pictures": False}


def _paragraphs(element: Any) -> str:
    """The text of every paragraph within, tables and text boxes too."""
    from docx.oxml.ns import qn

    said = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}
    lines = []
    for paragraph in element.iter(qn("w:p")):
        parts = (one.text if one.tag == qn("w:t") else said.get(one.tag) for one in paragraph.iter())
        lines.append("".join(part for part in parts if part))
    return "\n".join(lines)


def _plain(path: str, flags: list[str]) -> Pages:
    with open(path, "rb") as file:  # noqa: PTH123 - few imports, as each costs start time
        yield {"text": decoded(file.read(MOST_CHARACTERS * 4), "", flags), "pictures": False}


def _mail(path: str, flags: list[str]) -> Pages:
    from services.search.inside.mail_text import mail_text

    with open(path, "rb") as file:  # noqa: PTH123 - few imports, as each costs start time
        yield {"text": mail_text(file.read(), lambda raw, label: decoded(raw, label, flags)), "pictures": False}


def decoded(raw: bytes, label: str, flags: list[str]) -> str:
    """Text from bytes: what their mark or valid UTF-8 says, else the label, else cp874 (all Thai legacy labels mean
    that), else UTF-8 with the flag `undecodable`."""
    marked = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    for encoding in (marked, label, "cp874"):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    flags.append(UNDECODABLE)
    return raw.decode("utf-8", errors="replace")


_READERS: dict[str, Callable[[str, list[str]], Pages]] = {
    "application/pdf": _pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _docx,
    "text/plain": _plain,
    "message/rfc822": _mail,
}
