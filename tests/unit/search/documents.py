"""Files as they come: made by the tests themselves."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import docx
import pikepdf
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from saraban.paper.typeset import draw_line, load_typeface

ASSETS = str(Path(__file__).parents[3] / "node_modules")

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL = "message/rfc822"
PLAIN = "text/plain"

A4 = (595, 842)


def pdf(*pages: list[str]) -> bytes:
    """A PDF with the lines of each page."""
    load_typeface(ASSETS)
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for lines in pages:
        for at, line in enumerate(lines):
            draw_line(canvas, 80, 760 - 24 * at, line, 16)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def scan(*, blank: bool = False) -> bytes:
    """A PDF of one picture."""
    picture = Image.new("L", (620, 877), 255)
    if not blank:
        ImageDraw.Draw(picture).rectangle((80, 80, 500, 300), fill=0)
    made = io.BytesIO()
    picture.save(made, "PDF")
    return made.getvalue()


def locked(content: bytes) -> bytes:
    """The same PDF behind a password."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="ลับ", user="ลับ"))
    return made.getvalue()


def word(*paragraphs: str, cell: str = "", header: str = "") -> bytes:
    """A DOCX with paragraphs, a table of one cell and a header."""
    document = docx.Document()
    for one in paragraphs:
        document.add_paragraph(one)
    document.add_table(1, 1).cell(0, 0).text = cell
    document.sections[0].header.paragraphs[0].text = header
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def mail(body: str, *, charset: str = "utf-8", html: str = "", attached: str = "") -> bytes:
    message = EmailMessage()
    message["Subject"] = "เรื่อง"
    message.set_content(body, charset=charset)
    if html:
        message.add_alternative(html, subtype="html")
    if attached:
        message.add_attachment(attached, filename="แนบ.txt")
    return message.as_bytes()
