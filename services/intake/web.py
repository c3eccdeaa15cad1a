"""The way in and out for bytes: HTTP, with a ticket for each file. It stands beside `service.py` because files never
travel through the broker.

    POST|PUT /files?ticket=…&name=…      body = the file      201 {sha256, name, media_type, size, duplicate}
    GET      /files/<sha256>?ticket=…    the file, whole or a range
    GET      /stamped/<sha256>?ticket=…  a copy with the receive stamp on page one
    GET      /preview/<sha256>/<page>.png?ticket=…            the picture of a page

Errors are problem details (RFC 9457) with the error's `code` and its `values`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from saraban import tickets
from saraban.contracts.errors import SarabanError, http_status
from saraban.tickets import Ticket
from services.intake import serving
from services.intake.commands import ShowPage, StampFile, StoreFile
from services.intake.desk import Desk
from services.intake.handlers.derive import show_page, stamp_file
from services.intake.handlers.store import store_file
from services.intake.names import safe_name


def create_app(desk: Desk) -> Flask:
    """The WSGI app over a desk."""
    app = Flask("intake", static_folder=None)
    app.register_error_handler(SarabanError, _refused)
    app.register_error_handler(HTTPException, _not_http)
    _mount_ways_in(app, desk)
    _mount_ways_out(app, desk)
    return app


def _mount_ways_in(app: Flask, desk: Desk) -> None:
    @app.route("/files", methods=["POST", "PUT"])
    def store() -> Response:
        ticket = _admitted(desk, tickets.STORE)
        command = StoreFile(
            name=safe_name(request.args.get("name", "")),
            declared=request.headers.get("Content-Type", ""),
            announced=request.content_length,
            limit=min(ticket.max_bytes or desk.settings.file_limit, desk.settings.file_limit),
            sender=ticket.actor,
            any_type=ticket.any_type,
        )
        stored = store_file(command, request.environ["wsgi.input"], desk)
        return _json(stored, HTTPStatus.CREATED)


def _mount_ways_out(app: Flask, desk: Desk) -> None:
    @app.get("/files/<sha256>")
    def as_it_came(sha256: str) -> Response:
        ticket = _admitted(desk, tickets.FILE, sha256)
        return serving.serve(desk, sha256, name=ticket.name, media_type=ticket.media_type, download=ticket.download)

    @app.get("/stamped/<sha256>")
    def stamped(sha256: str) -> Response:
        ticket = _admitted(desk, tickets.STAMPED, sha256)
        key = stamp_file(StampFile(sha256=sha256, facts=ticket.stamp), desk)
        return serving.serve(desk, key, name=ticket.name, media_type="application/pdf", download=ticket.download)

    @app.get("/preview/<sha256>/<int:page>.png")
    def preview(sha256: str, page: int) -> Response:
        _admitted(desk, tickets.PREVIEW, sha256, page)
        key = show_page(ShowPage(sha256=sha256, page=page), desk)
        return serving.serve(desk, key, media_type="image/png")


def _admitted(desk: Desk, purpose: str, sha256: str = "", page: int = 0) -> Ticket:
    token = request.args.get("ticket", "")
    return tickets.check(token, desk.secret, purpose=purpose, now=desk.clock.now(), sha256=sha256, page=page)


def _refused(error: SarabanError) -> Response:
    status = HTTPStatus(http_status(error))
    return _problem(status, error.code, error.message_en, error.detail)


def _not_http(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    return _problem(status, f"http.{status.value}", error.description or status.phrase, {})


def _problem(status: HTTPStatus, code: str, told: str, values: dict[str, Any]) -> Response:
    body = {
        "type": f"about:blank#{quote(code)}",
        "title": status.phrase,
        "status": status.value,
        "detail": told,
        "code": code,
        "values": values,
    }
    response = _json(body, status)
    response.mimetype = "application/problem+json"
    return response


def _json(body: dict[str, Any], status: HTTPStatus) -> Response:
    response = Response(msgspec.json.encode(body, enc_hook=str), status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
