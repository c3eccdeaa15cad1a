"""The picture of one page."""

from __future__ import annotations

from typing import Any

WIDTH = 1000
"""Pixels across; enough to read a letter on a screen."""
TALLEST = 4000


def show_page(path: str, media_type: str, page: int, target: str) -> dict[str, Any]:
    """Write page `page` (1, 2, 3 …) of the PDF or image at `path` as a PNG to `target`. Answers `{"shown": true}`, or
    false with `reason`: `encrypted`, `broken` or `no_such_page`, when nothing was written."""
    return _pdf(path, page, target) if media_type == "application/pdf" else _image(path, page, target)


def _pdf(path: str, page: int, target: str) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        if not 1 <= page <= len(document):
            return {"shown": False, "reason": "no_such_page"}
        sheet = document[page - 1]
        width, height = sheet.get_size()
        picture = sheet.render(scale=min(WIDTH / width, TALLEST / height)).to_pil()
    except pypdfium2.PdfiumError as error:
        return {"shown": False, "reason": "encrypted" if "assword" in str(error) else "broken"}
    picture.convert("RGB").save(target, "PNG")
    return {"shown": True}


def _image(path: str, page: int, target: str) -> dict[str, Any]:
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as image:
            if not 1 <= page <= getattr(image, "n_frames", 1):
                return {"shown": False, "reason": "no_such_page"}
            image.seek(page - 1)
            picture = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return {"shown": False, "reason": "broken"}
    picture.thumbnail((WIDTH, TALLEST))
    picture.save(target, "PNG")
    return {"shown": True}
