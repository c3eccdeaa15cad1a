"""Making the demo's files: all of them in one child process, in about a second."""

from __future__ import annotations

import io
import random
from datetime import date
from pathlib import Path

from saraban.child import run_limited
from saraban.demo.letters import demo_letters
from saraban.demo.letters.letter import DemoLetter
from saraban.demo.mails import demo_mails, mailed_letters

DOTS_PER_INCH = 200
SKEW = 0.7
"""Degrees by which the scanned sheet lies askew."""


def make_demo(folder: Path, assets_folder: Path, today: date) -> None:
    """Write every file of the demo of that day to `folder`: the PDFs of `demo_letters` under their file names, and the
    e-mails of `demo_mails` (`*.eml`). The same day gives the same bytes."""
    run_limited(
        "saraban.demo.making:make",
        str(folder),
        str(assets_folder.resolve()),
        today.isoformat(),
        memory_mb=1024,
        cpu_seconds=60,
        wall_seconds=120,
    )


def make(folder: str, assets_folder: str, today: str) -> int:
    """The same, inside the child; answers how many files were written."""
    from saraban.paper.typeset import load_typeface

    load_typeface(assets_folder)
    day, place = date.fromisoformat(today), Path(folder)
    for letter in demo_letters(day):
        _make_letter(letter, place / letter.file_name)
    mails = demo_mails(day, [_typeset(letter) for letter in mailed_letters(day)])
    for name, raw in mails.items():
        (place / name).write_bytes(raw)
    return len(demo_letters(day)) + len(mails)


def _make_letter(letter: DemoLetter, path: Path) -> None:
    pdf = _typeset(letter)
    path.write_bytes(_scanned(pdf, letter) if letter.scan else pdf)


def _typeset(letter: DemoLetter) -> bytes:
    from saraban.paper.external_letter import ExternalLetter, write

    file = io.BytesIO()
    write(ExternalLetter(**letter.on_paper()), file)
    return file.getvalue()


def _scanned(pdf: bytes, letter: DemoLetter) -> bytes:
    """The letter as a scanner gives it: grey pictures, a little askew and speckled, without text."""
    import pypdfium2
    from PIL import Image
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        sheet = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
        askew = sheet.rotate(SKEW, resample=Image.Resampling.BICUBIC, fillcolor=250)
        noise = random.Random(letter.number).randbytes(askew.width * askew.height)  # noqa: S311 - specks of dust
        speckles = Image.frombytes("L", askew.size, noise)
        picture = io.BytesIO()
        Image.blend(askew, speckles, 0.08).save(picture, "JPEG", quality=55)
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    document.close()
    canvas.save()
    return file.getvalue()
