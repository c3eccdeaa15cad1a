"""The pages' own files under /static and the installed typeface and scripts under /assets, kept long by browsers."""

from __future__ import annotations

import functools
import hashlib
import posixpath
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, send_from_directory

from portal.window import window

page = Blueprint("assets", __name__)

OWN = Path(__file__).parents[1] / "static"
TYPEFACE = "@fontsource/sarabun/files/"
INSTALLED = (TYPEFACE, "htmx.org/dist/", "idiomorph/dist/", "pdfjs-dist/")
KEPT = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "public, no-cache"
MEDIA_TYPES = {".mjs": "text/javascript", ".wasm": "application/wasm", ".bcmap": "application/octet-stream"}
"""Types that not every machine's table knows; browsers refuse a module or wasm of another type."""


def static(name: str) -> str:
    """The address of one of our files; it changes with the content, so that browsers may keep it for ever."""
    return f"/static/{fingerprint()}/{name}"


@page.get("/static/<seen>/<path:name>")
def own(seen: str, name: str) -> Response:
    """One of the portal's own files; under an old fingerprint it is still found, and not kept."""
    response = make_response(send_from_directory(OWN, name))
    response.headers["Cache-Control"] = KEPT if seen == fingerprint() else "no-cache"
    return response


@page.get("/assets/<path:name>")
def installed(name: str) -> Response:
    """One of the installed files that pages use. Scripts are asked for each time and mostly answered with 304: after an
    upgrade no browser may mix old parts with new ones."""
    if not posixpath.normpath(name).startswith(INSTALLED):
        abort(404)
    folder = window().settings.assets_folder.resolve()
    response = make_response(send_from_directory(folder, name, mimetype=MEDIA_TYPES.get(Path(name).suffix)))
    response.headers["Cache-Control"] = KEPT if name.startswith(TYPEFACE) else ASKED_EACH_TIME
    return response


@functools.cache
def fingerprint() -> str:
    """One for all of our files, since scripts import each other by relative address."""
    content = b"".join(path.read_bytes() for path in sorted(OWN.rglob("*")) if path.is_file())
    return hashlib.sha256(content).hexdigest()[:12]
