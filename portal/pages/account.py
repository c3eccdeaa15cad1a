"""บัญชีของฉัน: who one is here, and a new password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from portal.calls import ask
from portal.pages.showing import again, moved
from portal.session import required
from saraban.contracts.errors import Invalid, SarabanError

page = Blueprint("account", __name__)


class PasswordsDiffer(Invalid):
    """The new password and its repetition are not the same."""

    code = "accounts.passwords_differ"
    th = "รหัสผ่านใหม่ทั้งสองช่องไม่ตรงกัน โปรดพิมพ์ใหม่"
    en = "The two new passwords differ. Type them again."


@page.get("/account")
def account() -> str:
    """Name, position, roles, and the form for a new password."""
    return render_template("account.html", wrong=None, **_shown())


@page.post("/account/password")
def change_password() -> Response:
    """A new password for the old one."""
    form = request.form
    try:
        if form.get("new") != form.get("again"):
            raise PasswordsDiffer({"field": "again"})
        ask("registry", "change_password", old=form.get("old", ""), new=form.get("new", ""))
    except SarabanError as error:
        return again("account.html", error, **_shown())
    return moved("/account", done="password_changed")


def _shown() -> dict[str, Any]:
    unit_id = required().actor.unit_id
    units = ask("registry", "organisation")["units"]
    return {"unit": next((unit["name"] for unit in units if unit["unit_id"] == unit_id), "")}
