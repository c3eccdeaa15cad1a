"""Passing a file from intake on to a browser or program, piece by piece."""

from __future__ import annotations

from flask import Response, request

from portal.window import window


def relay(path: str) -> Response:
    """Intake's answer to `path`, a path with its ticket; a Range header of this request is passed on. Raises what
    intake refuses."""
    relayed = window().files.relay(path, request.headers.get("Range"))
    return Response(relayed.chunks, status=relayed.status, headers=dict(relayed.headers))
