"""Errors as answers: `application/problem+json` (RFC 9457) for programs, a page for people.

The members are `type`, `title`, `status`, `detail` (in the asker's language), `code` (stable: programs match on it),
`th`, `en` (both sentences) and the plain values of the error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Flask, Response, current_app, g, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from portal.faults import faults_of
from saraban.contracts.errors import Invalid, NotSignedIn, SarabanError, Throttled, http_status
from saraban.journal import journal

log = journal(__name__)

MEDIA_TYPE = "application/problem+json"
API_PREFIX = "/api/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, ready to be shown. `more` holds the plain values for programs."""

    status: int
    code: str
    th: str
    en: str
    more: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


ProblemPage = Callable[[Problem], Response]
"""Makes the page that a person sees for a problem; the portal's pages give one with `show_problems_with`."""


def answer_problems(app: Flask) -> None:
    """Turn every error of the application into a problem."""
    app.register_error_handler(SarabanError, lambda error: show(of_error(error)))
    app.register_error_handler(HTTPException, lambda error: show(of_http(error)))
    app.register_error_handler(Exception, lambda error: show(of_surprise(error)))


def show_problems_with(app: Flask, page: ProblemPage) -> None:
    """Show problems outside the API with `page`."""
    app.extensions["saraban_problem_page"] = page


def show(problem: Problem) -> Response:
    """The problem as this request wants it: a page outside the API when pages are there, JSON otherwise."""
    page: ProblemPage | None = current_app.extensions.get("saraban_problem_page")
    if page is None or request.path.startswith(API_PREFIX):
        return as_json(problem)
    response = page(problem)
    response.headers.update(problem.headers)
    return response


def as_json(problem: Problem) -> Response:
    """The problem as `application/problem+json`."""
    body = {
        **problem.more,
        "type": f"/api/v1/problems#{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.en if wants_english() else problem.th,
        "code": problem.code,
        "th": problem.th,
        "en": problem.en,
    }
    response = Response(msgspec.json.encode(body, enc_hook=str), status=problem.status, mimetype=MEDIA_TYPE)
    response.headers.update(problem.headers)
    return response


def wants_english() -> bool:
    """Whether the asker prefers English; Thai otherwise."""
    return request.accept_languages.best_match(("th", "en"), default="th") == "en"


def of_error(error: SarabanError) -> Problem:
    """The problem behind an error of the house."""
    headers = {}
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Throttled) and "seconds" in error.detail:
        headers["Retry-After"] = str(error.detail["seconds"])
    return Problem(
        status=http_status(error),
        code=error.code,
        th=error.message_th,
        en=error.message_en,
        more=error.detail,
        headers=headers,
    )


def of_validation(error: ValidationError) -> Problem:
    """The problem of a request whose fields are not as they should be: each with its names and what is wrong."""
    faults = faults_of(error)
    in_thai = Invalid({"reason": ", ".join(f"{fault['name_th']}: {fault['th']}" for fault in faults)})
    in_english = Invalid({"reason": ", ".join(f"{fault['name_en']}: {fault['en']}" for fault in faults)})
    return Problem(
        status=http_status(in_thai),
        code=Invalid.code,
        th=in_thai.message_th,
        en=in_english.message_en,
        more={"errors": faults},
    )


def of_http(error: HTTPException) -> Problem:
    """The problem of a request that found no act: no such address, wrong method, too large."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    th, en = _HTTP_SENTENCES.get(status, ("คำขอไม่ถูกต้อง", "The request cannot be served."))
    allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(allowed)} if allowed else {}
    return Problem(status=status, code=f"http.{status}", th=th, en=en, headers=headers)


def of_surprise(error: Exception) -> Problem:
    """The problem of an error that nobody foresaw. It is logged whole; the asker learns only its correlation id."""
    log.error("portal.unexpected_error", path=request.path, method=request.method, exc_info=error)
    correlation_id = g.get("correlation_id", "")
    return Problem(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        code=SarabanError.code,
        th=f"เกิดข้อผิดพลาดที่ไม่คาดคิด โปรดแจ้งผู้ดูแลระบบพร้อมรหัส {correlation_id}",
        en=f"Something unexpected went wrong. Tell the operator this id: {correlation_id}",
        more={"correlation_id": correlation_id},
    )


_HTTP_SENTENCES: dict[int, tuple[str, str]] = {
    404: ("ไม่พบที่อยู่นี้", "There is nothing at this address."),
    405: ("ที่อยู่นี้ไม่รับวิธีเรียกแบบนี้", "This address does not take that method."),
    413: ("เนื้อหาที่ส่งมาใหญ่เกินกำหนด", "What was sent is too large."),
    415: ("ที่อยู่นี้ไม่รับเนื้อหาชนิดนี้", "This address does not take that type of content."),
}
