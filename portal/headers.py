"""Headers that keep a browser from being turned against its officer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

CONTENT_SECURITY_POLICY = "; ".join(f"{what} {source}" for what, source in _SOURCES.items())
"""Scripts and styles only from our own files, none inside a page; wasm for pdf.js; nobody may frame us."""

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Sent with every answer that does not set its own."""


class Protected:
    """The application, each answer of which carries the headers."""

    def __init__(self, app: WSGIApplication, *, secure: bool) -> None:
        self._app = app
        https_only = {"Strict-Transport-Security": "max-age=31536000"} if secure else {}
        self._headers = [(name.lower(), (name, value)) for name, value in {**ALWAYS, **https_only}.items()]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            own = {name.lower() for name, _ in headers}
            headers.extend(header for name, header in self._headers if name not in own)
            return start_response(status, headers, *exc_info)

        return self._app(environ, start)
