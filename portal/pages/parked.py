"""งานที่ค้าง: work of the services that failed again and again and waits for an administrator to look."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from portal.calls import ask
from portal.pages.showing import moved
from portal.window import SERVICES

page = Blueprint("parked", __name__)


@page.get("/parked")
def parked() -> str:
    """All of it, without what it is about: an administrator need not be cleared for that."""
    rows = [row for service in SERVICES for row in _parked_at(service)]
    return render_template("parked.html", rows=rows)


@page.post("/parked/<service>/retry")
def retry(service: str) -> Response:
    """Try one piece again, after what was wrong has been put right."""
    if service not in SERVICES:
        abort(404)
    done = ask(service, "parked_retry", key=request.form.get("key", ""))
    return moved("/parked", done="unparked" if done else "still_parked")


def _parked_at(service: str) -> list[dict[str, Any]]:
    return [{"service": service, **row} for row in ask(service, "parked_list")]
