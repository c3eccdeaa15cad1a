"""งานที่ค้าง: work of the services that failed again and again and waits for an administrator to look."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from portal.calls import ask
from portal.pages.showing import moved
from portal.parked import parked_work
from portal.window import SERVICES

page = Blueprint("parked", __name__)


@page.get("/parked")
def parked() -> str:
    """All of it, and which services do not answer."""
    rows, away = parked_work()
    return render_template("parked.html", rows=rows, away=away)


@page.post("/parked/<service>/retry")
def retry(service: str) -> Response:
    """Try one piece again, after what was wrong has been put right."""
    if service not in SERVICES:
        abort(404)
    done = ask(service, "parked_retry", key=request.form.get("key", ""))
    return moved("/parked", done="unparked" if done else "still_parked")
