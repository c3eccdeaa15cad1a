"""ตรารับหนังสือ (แบบ 12 of the 2526 regulation), laid over a copy of page one at the top right.

The original is read and never written; the copy is the whole letter with the stamp on its first page.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from reportlab.lib.colors import Color
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas

from saraban.paper.typeset import BOLD, draw_centred, draw_line, load_typeface, shaped_width
from saraban.thai.numbers import thai_digits

INK = Color(0.1, 0.15, 0.6)
WIDTH, HEIGHT = 5.0 * cm, 2.5 * cm
MARGIN = 0.5 * cm
HEAD, ROW = 0.58 * cm, 0.56 * cm
SIZE, HEAD_SIZE = 11.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the stamp says, ready to print: the agency that received, its receive number, day and time."""

    agency: str
    number: str
    day: str
    time: str
    thai_numerals: bool = True


def stamp_first_page(source: str, facts: dict[str, Any], target: str, assets_folder: str) -> dict[str, Any]:
    """Write the PDF `source` with the stamp `facts` (the fields of Stamp) on its first page to `target`. Answers
    `{"stamped": true}`, or false with `reason` `encrypted`, `no_pages` or `broken` when nothing was written."""
    load_typeface(assets_folder)
    try:
        with pikepdf.open(source) as document:
            if not document.pages:
                return {"stamped": False, "reason": "no_pages"}
            _lay_over(document.pages[0], Stamp(**facts))
            document.save(target, deterministic_id=True)
    except pikepdf.PasswordError:
        return {"stamped": False, "reason": "encrypted"}
    except pikepdf.PdfError:
        return {"stamped": False, "reason": "broken"}
    return {"stamped": True}


def _lay_over(page: pikepdf.Page, stamp: Stamp) -> None:
    """Put the stamp where the reader sees the top right corner, on a turned page too."""
    rotation = int(page.obj.get("/Rotate", 0)) % 360
    left, bottom, right, top = (float(value) for value in page.cropbox)
    width, height = (HEIGHT, WIDTH) if rotation in (90, 270) else (WIDTH, HEIGHT)
    x = right - MARGIN - width if rotation in (0, 270) else left + MARGIN
    y = top - MARGIN - height if rotation in (0, 90) else bottom + MARGIN
    with pikepdf.open(io.BytesIO(_drawn(stamp))) as overlay:
        # The overlay is turned upright by pikepdf, so only its place depends on the rotation.
        page.add_overlay(overlay.pages[0], pikepdf.Rectangle(x, y, x + width, y + height))


def _drawn(stamp: Stamp) -> bytes:
    """The stamp alone, as a page of its own size."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1)
    _draw(canvas, stamp)
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, stamp: Stamp) -> None:
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1)
    canvas.rect(1, 1, WIDTH - 2, HEIGHT - 2)
    size = min(HEAD_SIZE, HEAD_SIZE * (WIDTH - 0.4 * cm) / shaped_width(stamp.agency, HEAD_SIZE, BOLD))
    draw_centred(canvas, WIDTH / 2, HEIGHT - HEAD, stamp.agency, size, face=BOLD, color=INK)
    rows = (("เลขรับ", stamp.number), ("วันที่", stamp.day), ("เวลา", stamp.time))
    for row, (label, value) in enumerate(rows, start=1):
        y = HEIGHT - HEAD - row * ROW
        draw_line(canvas, 0.25 * cm, y, label, SIZE, color=INK)
        shown = thai_digits(value) if stamp.thai_numerals else value
        draw_line(canvas, 1.5 * cm, y, shown, SIZE, color=INK)
        _dotted(canvas, 1.4 * cm, y - 2.5)


def _dotted(canvas: Canvas, x: float, y: float) -> None:
    canvas.setDash(0.5, 1.5)
    canvas.setLineWidth(0.5)
    canvas.line(x, y, WIDTH - 0.25 * cm, y)
    canvas.setDash()
