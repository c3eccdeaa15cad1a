"""Sending an object over HTTP: whole or one range (RFC 9110, section 14), with headers that keep it harmless."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import quote

from flask import Response, request
from werkzeug.http import dump_options_header

from saraban.broker.threads import in_thread
from saraban.contracts.errors.files import FileUnknown
from services.intake.desk import Desk

PIECE = 256 * 1024

LINK_SECONDS = 60
"""How long the link of a large download may be used to begin it."""

SHOWN_INLINE = {"application/pdf", "image/png", "image/jpeg", "image/tiff", "text/plain"}
"""What a browser may show by itself; the rest is offered for saving."""

_NOTHING_RUNS = "default-src 'none'; frame-ancestors 'self'; sandbox"
_PDF_VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""Browsers' own PDF viewers do not start in a sandbox; a PDF runs nothing in our origin."""


def serve(desk: Desk, key: str, *, name: str = "", media_type: str = "", download: bool = False) -> Response:
    """The object `key`, as the request wants it; for a large one to be saved, where to get it from the store itself.
    Raises FileUnknown."""
    stored = in_thread(desk.objects.stat, key)
    if stored is None:
        raise FileUnknown({"sha256": key})
    kind = media_type or _kept_type(desk, key)
    shown_as = "text/plain; charset=utf-8" if kind == "text/plain" else kind
    disposition = _disposition(kind, name, download=download)
    if download and stored.size > desk.settings.direct_download_above and request.method == "GET":
        url = desk.objects.link(key, media_type=shown_as, disposition=disposition, seconds=LINK_SECONDS)
        if url is not None:
            return _sent_on(url)
    response = _part_of(desk, key, stored.size)
    response.headers["Content-Type"] = shown_as
    response.headers["Content-Disposition"] = disposition
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _PDF_VIEWER if kind == "application/pdf" else _NOTHING_RUNS
    response.headers["Cache-Control"] = "private, max-age=300, immutable"
    return response


def _sent_on(url: str) -> Response:
    """The way to the object store itself, for files to be saved only: what a browser shows must come from here, under
    our headers."""
    response = Response(status=HTTPStatus.TEMPORARY_REDIRECT)
    response.headers["Location"] = url
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _part_of(desk: Desk, key: str, size: int) -> Response:
    if request.if_none_match.contains(key):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = _whole_or_range(desk, key, size)
    response.set_etag(key)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _whole_or_range(desk: Desk, key: str, size: int) -> Response:
    """One range is honoured; several, or units that are not bytes, get the whole (RFC 9110 allows that)."""
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or not _range_is_current(key):
        return _sent(desk, key, 0, size, HTTPStatus.OK)
    span = asked.range_for_length(size)
    if span is None:
        response = Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    response = _sent(desk, key, span[0], span[1], HTTPStatus.PARTIAL_CONTENT)
    response.headers["Content-Range"] = f"bytes {span[0]}-{span[1] - 1}/{size}"
    return response


def _range_is_current(key: str) -> bool:
    condition = request.if_range
    return condition is None or condition.etag is None or condition.etag == key


def _sent(desk: Desk, key: str, start: int, stop: int, status: HTTPStatus) -> Response:
    response = Response(_pieces(desk, key, start, stop), status=status, direct_passthrough=True)
    response.content_length = stop - start
    return response


def _pieces(desk: Desk, key: str, start: int, stop: int) -> Iterator[bytes]:
    left = stop - start
    with in_thread(desk.objects.open, key, start) as stream:
        while left:
            piece = in_thread(stream.read, min(PIECE, left))
            if not piece:
                return
            left -= len(piece)
            yield piece


def _kept_type(desk: Desk, sha256: str) -> str:
    stored = desk.file(sha256).stored
    return stored.media_type if stored else "application/octet-stream"


def _disposition(kind: str, name: str, *, download: bool) -> str:
    """`filename*` carries the name in UTF-8 (RFC 6266); the plain `filename` is for readers that know no better."""
    how = "attachment" if download or kind not in SHOWN_INLINE else "inline"
    if not name:
        return how
    plain = name.encode("ascii", "ignore").decode().strip(" .") or "file"
    return dump_options_header(how, {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"})
