"""หนังสือภายนอก, a letter to another agency (ข้อ 11 and แบบที่ 1 of the 2526 regulation), as a PDF.

The emblem at the head is not drawn: its art belongs to nobody here, so the space of 3 cm is left free for pre-printed
paper. Without a signature the letter is a draft and every page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from reportlab.lib.colors import Color
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas

from saraban.paper.sheet import LEADING, LEFT, MIDDLE, PAGE_HEIGHT, RIGHT, SIZE, TEXT_WIDTH, TOP, Sheet
from saraban.paper.typeset import BOLD, draw_centred, draw_line, lines_of, load_typeface, shaped_width
from saraban.thai.dates import bangkok, format_long, format_short

URGENCY_SHOWN = {"urgent": "ด่วน", "very_urgent": "ด่วนมาก", "most_urgent": "ด่วนที่สุด"}
SECRECY_SHOWN = {"confidential": "ลับ", "secret": "ลับมาก", "top_secret": "ลับที่สุด"}
RED = Color(0.75, 0.05, 0.05)
PALE = Color(0.9, 0.9, 0.9)
INDENT = 2.5 * cm
LABEL_GAP = 0.5 * cm
ADDRESS_WIDTH = 7.4 * cm
SIGNED_AT = MIDDLE + 3 * cm
"""The middle of the signature block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalLetter:
    """What stands on the letter. `dated` is an ISO date; `signed_at` an ISO time with zone. Without `signed_by` the
    letter is a draft, whose number and day may be missing. `agency` may carry several lines."""

    agency: str
    address: str
    subject: str
    addressee: str
    body: tuple[str, ...]
    number: str = ""
    dated: str | None = None
    references: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    closing: str = "ขอแสดงความนับถือ"
    signer_name: str = ""
    signer_title: str = ""
    signed_by: str = ""
    signed_at: str | None = None
    owner_unit: str = ""
    telephone: str = ""
    email: str = ""
    urgency: str = "normal"
    deliver_by: str | None = None
    secrecy: str = "normal"
    thai_numerals: bool = True


def render(letter: dict[str, Any], path: str, assets_folder: str) -> int:
    """Write the letter (the fields of ExternalLetter) as a PDF to `path`; answers the number of pages. The same letter
    gives the same bytes. Raises TypeError for a field that is not of the form."""
    load_typeface(assets_folder)
    return write(ExternalLetter(**letter), path)


def write(letter: ExternalLetter, path: str | BinaryIO) -> int:
    """The same as `render`, where the typeface is loaded already; to a path or an open file."""
    sheet = Sheet(path, furnish=lambda canvas: _furnish(canvas, letter), thai_numerals=letter.thai_numerals)
    sheet.canvas.setTitle(letter.subject)
    sheet.canvas.setAuthor(letter.agency.replace("\n", " "))
    _head(sheet, letter)
    _opening(sheet, letter)
    _body(sheet, letter)
    _signature(sheet, letter)
    _owner(sheet, letter)
    return sheet.finish()


def _furnish(canvas: Canvas, letter: ExternalLetter) -> None:
    """What every page carries under its text: the draft mark, and the class of a secret letter at head and foot."""
    if not letter.signed_by:
        canvas.saveState()
        canvas.translate(MIDDLE, PAGE_HEIGHT / 2)
        canvas.rotate(55)
        draw_centred(canvas, 0, -60, "ร่าง", 200, face=BOLD, color=PALE)
        canvas.restoreState()
    if secrecy := SECRECY_SHOWN.get(letter.secrecy):
        for y in (PAGE_HEIGHT - 1 * cm, 0.6 * cm):
            draw_centred(canvas, MIDDLE, y, secrecy, 18, face=BOLD, color=RED)


def _head(sheet: Sheet, letter: ExternalLetter) -> None:
    """The number at the left and the agency with its address at the right, below the emblem's 3 cm; then the date."""
    sheet.y = TOP - 3 * cm
    if letter.deliver_by:
        deadline = f"ด่วนภายใน {sheet.numerals(_deadline_shown(letter.deliver_by))}"
        draw_line(sheet.canvas, LEFT, sheet.y + 1.1 * LEADING, deadline, 18, face=BOLD, color=RED)
    elif urgency := URGENCY_SHOWN.get(letter.urgency):
        draw_line(sheet.canvas, LEFT, sheet.y + 1.1 * LEADING, urgency, 24, face=BOLD, color=RED)
    draw_line(sheet.canvas, LEFT, sheet.y, f"ที่  {sheet.numerals(letter.number)}", SIZE)
    for text in f"{letter.agency}\n{letter.address}".split("\n"):
        for line in lines_of(sheet.numerals(text), SIZE, ADDRESS_WIDTH):
            sheet.line(line, RIGHT - ADDRESS_WIDTH)
    sheet.skip(0.3)
    sheet.line(_date_shown(letter), MIDDLE)
    sheet.skip(0.3)


def _deadline_shown(iso: str) -> str:
    deadline = bangkok(datetime.fromisoformat(iso))
    return f"{format_short(deadline.date())} {deadline:%H.%M} น."


def _opening(sheet: Sheet, letter: ExternalLetter) -> None:
    _labelled(sheet, "เรื่อง", [letter.subject])
    _labelled(sheet, "เรียน", [letter.addressee])
    if letter.references:
        _labelled(sheet, "อ้างถึง", _counted(letter.references))
    if letter.enclosures:
        _labelled(sheet, "สิ่งที่ส่งมาด้วย", _counted(letter.enclosures))


def _labelled(sheet: Sheet, label: str, entries: list[str]) -> None:
    """A label at the margin and its entries beside it, each starting a line."""
    x = LEFT + shaped_width(label, SIZE) + LABEL_GAP
    lines = [line for entry in entries for line in lines_of(sheet.numerals(entry), SIZE, RIGHT - x)]
    draw_line(sheet.canvas, LEFT, sheet.y, label, SIZE)
    for line in lines:
        sheet.line(line, x)
    sheet.skip(0.25)


def _body(sheet: Sheet, letter: ExternalLetter) -> None:
    sheet.skip(0.15)
    for paragraph in letter.body:
        lines = lines_of(sheet.numerals(paragraph), SIZE, TEXT_WIDTH, first_width=TEXT_WIDTH - INDENT)
        sheet.keep_together(min(len(lines), 2), continues=lines[0] if lines else "")
        for number, line in enumerate(lines):
            sheet.line(line, LEFT + INDENT if number == 0 else LEFT)
        sheet.skip(0.25)


def _signature(sheet: Sheet, letter: ExternalLetter) -> None:
    """The closing words and the signature from the middle of the page, never torn from each other."""
    titles = [line for title in letter.signer_title.split("\n") for line in _title_lines(title)]
    sheet.keep_together(6 + len(titles))
    sheet.skip(0.4)
    _centred(sheet, letter.closing)
    sheet.skip(0.4)
    for line in _signed_shown(letter):
        _centred(sheet, sheet.numerals(line), 9.5)
        sheet.skip(-0.25)
    sheet.skip(0.6 if letter.signed_by else 1.6)
    if letter.signer_name:
        _centred(sheet, f"({letter.signer_name})")
    for title in titles:
        _centred(sheet, sheet.numerals(title))


def _title_lines(title: str) -> list[str]:
    """A title that is too wide breaks at its last space, before words such as ปฏิบัติราชการแทน."""
    room = 2 * (RIGHT - SIGNED_AT)
    if shaped_width(title, SIZE) > room and " " in title:
        return [line for part in title.rsplit(" ", 1) for line in lines_of(part, SIZE, room)]
    return lines_of(title, SIZE, room)


def _centred(sheet: Sheet, text: str, size: float = SIZE) -> None:
    draw_centred(sheet.canvas, SIGNED_AT, sheet.y, text, size)
    sheet.y -= LEADING


def _owner(sheet: Sheet, letter: ExternalLetter) -> None:
    """Whom to ask about the letter, at the left below the signature."""
    lines = [sheet.numerals(letter.owner_unit)] if letter.owner_unit else []
    lines += [f"โทร. {sheet.numerals(letter.telephone)}"] if letter.telephone else []
    lines += [f"ไปรษณีย์อิเล็กทรอนิกส์ {letter.email}"] if letter.email else []
    sheet.keep_together(len(lines) + 1)
    sheet.skip(1)
    for line in lines:
        sheet.line(line)


def _signed_shown(letter: ExternalLetter) -> list[str]:
    lines = [f"ลงนามอิเล็กทรอนิกส์โดย {letter.signed_by}"] if letter.signed_by else []
    if letter.signed_by and letter.signed_at:
        moment = bangkok(datetime.fromisoformat(letter.signed_at))
        lines.append(f"เมื่อวันที่ {format_long(moment.date(), thai_numerals=False)} เวลา {moment:%H.%M} น.")
    return lines


def _date_shown(letter: ExternalLetter) -> str:
    if letter.dated is None:
        return ""
    return format_long(date.fromisoformat(letter.dated), thai_numerals=letter.thai_numerals)


def _counted(entries: tuple[str, ...]) -> list[str]:
    if len(entries) == 1:
        return list(entries)
    return [f"{number}. {entry}" for number, entry in enumerate(entries, start=1)]
