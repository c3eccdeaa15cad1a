"""หนังสือเข้าของฉัน: what waits for this officer, all that came, and what was ordered."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from portal.calls import ask
from portal.pages.showing import moved, this_page, wants_part
from portal.session import required

page = Blueprint("inbox", __name__)

LISTS = ("waiting", "actions", "all")


@page.get("/")
def home() -> Response:
    """Everyone begins with their inbox."""
    required()
    return moved("/inbox")


@page.get("/inbox")
def inbox() -> str:
    """One list of the inbox; only the list itself for the script that keeps it up to date."""
    which = _which()
    told = ask("routing", "inbox", which=which, **this_page())
    template = "inbox_list.html" if wants_part() else "inbox.html"
    return render_template(template, which=which, lists=LISTS, live=wants_part(), **told)


@page.get("/inbox/count")
def count() -> str:
    """How many letters wait, for the navigation."""
    return render_template(
        "inbox_count.html", waiting=ask("routing", "inbox", which="waiting", limit=1)["counts"]["waiting"]
    )


def _which() -> str:
    asked = request.args.get("which", "")
    return asked if asked in LISTS else LISTS[0]
