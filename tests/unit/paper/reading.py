"""How the tests read a PDF back: with two programs that share no code, and with the eye's measure, ink."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")


def by_pdfium(path: Path) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def by_poppler(path: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout


def without_space(text: str) -> str:
    """Extraction may break lines elsewhere; every other character must be there."""
    return re.sub(r"\s+", "", text)


def ink(path: Path, page: int = 0, scale: float = 4) -> tuple[int, int, int, int]:
    """The box around everything drawn: left, top, right, bottom in pixels from the top left corner."""
    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[page].render(scale=scale).to_pil().convert("L")
    finally:
        document.close()
    box = picture.point(lambda light: 255 if light < 128 else 0).getbbox()
    assert box is not None
    return box
