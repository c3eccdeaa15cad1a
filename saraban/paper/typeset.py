"""One line of Thai, seen right and copied right.

HarfBuzz shapes the line, so that tone marks stand above vowels and not on them. The glyphs it chooses have no letters
of their own, so every line is wrapped in a span whose ActualText (ISO 32000-1, 14.9.4) is the text as it was written:
that is what search, copying and screen readers get.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr, TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas

from saraban.thai.lines import break_lines

REGULAR, BOLD = "Sarabun", "Sarabun-Bold"
_FILES = {REGULAR: "400Regular/Sarabun_400Regular.ttf", BOLD: "700Bold/Sarabun_700Bold.ttf"}
_ONE_SCRIPT = re.compile(r"[\u0e00-\u0e7f][^A-Za-z\u00c0-\u024f]*|[^\u0e00-\u0e7f]+")
BLACK = Color(0, 0, 0)


def load_typeface(assets_folder: str) -> None:
    """Make Sarabun known, from the installed package `@expo-google-fonts/sarabun` in `assets_folder`."""
    for name, file in _FILES.items():
        path = Path(assets_folder, "@expo-google-fonts/sarabun", file)
        pdfmetrics.registerFont(TTFont(name, str(path), shapable=True))


def width_of(text: str, size: float, face: str = REGULAR) -> float:
    """The width of `text` in points, before shaping (which narrows a line by less than one in a hundred)."""
    return float(pdfmetrics.stringWidth(text, face, size))


def draw_line(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    face: str = REGULAR,
    color: Color = BLACK,
) -> None:
    """Draw `text` from `x` on the base line `y`, in points from the lower left corner."""
    line = text.rstrip()
    if not line:
        return
    pen = canvas.beginText(x, y)
    pen.setFont(face, size)
    pen.setFillColor(color)
    for run in _ONE_SCRIPT.findall(line):
        pen.textOut(shapeStr(run, face, size, force=True))
    # A hyphen at the very end is taken for a broken word by readers and dropped.
    said = f"{line} " if line.endswith("-") else line
    canvas.addLiteral(f"/Span <</ActualText <FEFF{said.encode('utf-16-be').hex().upper()}>>> BDC")
    canvas.drawText(pen)
    canvas.addLiteral("EMC")


def draw_centred(canvas: Canvas, x: float, y: float, text: str, size: float, **how: Any) -> None:
    """Draw `text` with its middle at `x`."""
    draw_line(canvas, x - shaped_width(text.rstrip(), size, how.get("face", REGULAR)) / 2, y, text, size, **how)


def draw_to(canvas: Canvas, x: float, y: float, text: str, size: float, **how: Any) -> None:
    """Draw `text` so that it ends at `x`."""
    draw_line(canvas, x - shaped_width(text.rstrip(), size, how.get("face", REGULAR)), y, text, size, **how)


def shaped_width(text: str, size: float, face: str = REGULAR) -> float:
    """The width of `text` in points, exactly as it is drawn."""
    return sum(_advance(shapeStr(run, face, size, force=True), size, face) for run in _ONE_SCRIPT.findall(text))


def lines_of(text: str, size: float, width: float, *, first_width: float | None = None) -> list[str]:
    """The lines of one paragraph, broken between Thai words; the first may have another width, for an indent."""
    first_width = width if first_width is None else first_width
    first = break_lines(text, lambda part: width_of(part, size), first_width)[:1]
    rest = text[len(first[0]) :] if first else ""
    return first + (break_lines(rest, lambda part: width_of(part, size), width) if rest else [])


def _advance(run: str, size: float, face: str) -> float:
    if not isinstance(run, ShapedStr):
        return width_of(run, size, face)
    return float(sum(data.x_advance for data in run.__shapeData__) * size / 1000)
