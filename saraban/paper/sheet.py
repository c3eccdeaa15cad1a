"""A4 pages that fill from top to bottom, for forms with running text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas

from saraban.paper.typeset import draw_centred, draw_line, draw_to
from saraban.thai.numbers import thai_digits

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT, RIGHT = 3 * cm, PAGE_WIDTH - 2 * cm
TOP, BOTTOM = PAGE_HEIGHT - 1.5 * cm, 2 * cm
MIDDLE = PAGE_WIDTH / 2
TEXT_WIDTH = RIGHT - LEFT

SIZE = 12.0
"""The regulation's 16 points are points of TH SarabunPSK, drawn small inside its em; this Sarabun fills its em, and its
12 points look like those 16."""
LEADING = 19.5

_LATIN_OR_DIGITS = re.compile(r"(?P<latin>[!-~]*[A-Za-z][!-~]*)|[0-9]+")


class Sheet:
    """The page being filled. `y` is the base line of the next line; lines come by `line`, and a full page is turned by
    itself: page numbers stand on top from page two on, and the first words of the next page at the foot, as the
    regulation's typing manual asks."""

    def __init__(self, path: str | BinaryIO, *, furnish: Callable[[Canvas], None], thai_numerals: bool) -> None:
        self.canvas = Canvas(path, pagesize=A4, invariant=1, lang="th", pageCompression=1)
        self.page = 1
        self.y = TOP
        self._furnish = furnish
        self._thai_numerals = thai_numerals
        furnish(self.canvas)

    def numerals(self, text: str) -> str:
        """`text` in the digits of this sheet; addresses and codes with Latin letters stay as they are."""
        if not self._thai_numerals:
            return text
        return _LATIN_OR_DIGITS.sub(lambda found: found[0] if found["latin"] else thai_digits(found[0]), text)

    def skip(self, lines: float) -> None:
        """Leave room of so many lines."""
        self.y -= lines * LEADING

    def line(self, text: str, x: float = LEFT) -> None:
        """One line of text from `x`, on the next page when this one is full."""
        if self.y < BOTTOM:
            self.turn(continues=text)
        draw_line(self.canvas, x, self.y, text, SIZE)
        self.y -= LEADING

    def keep_together(self, lines: float, continues: str = "") -> None:
        """Turn the page unless so many lines still fit on this one; the next begins with the words `continues`."""
        if self.y - (lines - 1) * LEADING < BOTTOM:
            self.turn(continues)

    def turn(self, continues: str = "") -> None:
        """Go on to the next page, which begins with the words `continues`."""
        if words := _first_words(continues):
            draw_to(self.canvas, RIGHT, BOTTOM - 1.4 * LEADING, f"/{words} ...", SIZE)
        self.canvas.showPage()
        self.page += 1
        self._furnish(self.canvas)
        draw_centred(self.canvas, MIDDLE, TOP, self.numerals(f"- {self.page} -"), SIZE)
        self.y = TOP - 2 * LEADING

    def finish(self) -> int:
        """Write the file; answers how many pages it has."""
        self.canvas.save()
        return self.page


def _first_words(line: str) -> str:
    from saraban.thai.words import segment

    words = ""
    for word in segment(line.strip()):
        if len(words) > 8 or (words and word.isspace()):
            break
        words += word
    return words
