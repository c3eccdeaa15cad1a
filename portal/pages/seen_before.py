"""A file that came before: the letters that hold it, so that nothing is registered twice unawares."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.calls import ask

page = Blueprint("seen_before", __name__)


@page.get("/files/<sha256>/letters")
def letters_with_file(sha256: str) -> str:
    """Links to them, as far as the officer may see them."""
    return render_template("seen_before.html", rows=ask("registry", "letters_with_file", sha256=sha256))
