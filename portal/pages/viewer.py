"""A letter's files as the viewer on a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.pages.language import t
from portal.pages.paths import with_query

SHOWN_AS = {"application/pdf": "pdf", "image/png": "image", "image/jpeg": "image"}
"""Media type → how the page shows it; others are offered for download."""


def views_of(letter: Mapping[str, Any], first: str = "file") -> list[dict[str, Any]]:
    """What can be opened, the letter itself before its enclosures; the one of purpose `first` (`file` or `stamped`)
    is marked to be open from the start."""
    files = sorted(letter["files"], key=lambda file: file["role"] not in ("fair_copy", "letter"))
    views = [view for file in files for view in _views_of_file(letter, file)]
    chosen = next((view for view in views if view["purpose"] == first), views[0] if views else None)
    return [view | {"open": view is chosen} for view in views]


def _views_of_file(letter: Mapping[str, Any], file: Mapping[str, Any]) -> list[dict[str, Any]]:
    shown_as = SHOWN_AS.get(file["media_type"], "none")
    title = t("file_role.mail") if file["role"] == "mail" else file["name"]
    original = _view(letter, file, "file", title, shown_as)
    if file["role"] != "letter" or shown_as != "pdf" or not letter.get("registrations"):
        return [original]
    return [original, _view(letter, file, "stamped", t("viewer.stamped"), shown_as)]


def _view(
    letter: Mapping[str, Any], file: Mapping[str, Any], purpose: str, title: str, shown_as: str
) -> dict[str, Any]:
    path = f"/api/v1/letters/{letter['letter_id']}/files/{file['sha256']}"
    return {
        "title": title,
        "purpose": purpose,
        "role": file["role"],
        "shown_as": shown_as,
        "size": file["size"],
        "path": with_query(path, purpose=purpose),
        "download": with_query(path, purpose=purpose, download="true"),
    }
