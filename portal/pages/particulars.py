"""What stands on a letter, between a form and the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.words.dates import say_day, say_moment

TEXTS = ("subject", "number", "dated", "sender", "addressee", "kind", "urgency", "secrecy", "deliver_by", "remark")
LISTS = ("references", "enclosures")


def typed_particulars(form: MultiDict[str, str]) -> dict[str, Any]:
    """The particulars of a filled form, as typed; the registry reads the date and checks every choice."""
    texts = {name: form.get(name, "").strip() for name in TEXTS if name in form}
    if "number" in texts:
        texts["number"] = texts["number"].removeprefix("ที่").strip()
    return texts | {name: _lines(form[name]) for name in LISTS if name in form}


def form_values(particulars: Mapping[str, Any]) -> dict[str, str]:
    """Particulars as the fields of a form show them: days and times as they are written here, lists a line each."""
    values = {name: str(particulars.get(name) or "") for name in TEXTS}
    if values["dated"]:
        values["dated"] = say_day("th", values["dated"])
    if values["deliver_by"]:
        values["deliver_by"] = say_moment("th", values["deliver_by"])
    return values | {name: "\n".join(particulars.get(name) or ()) for name in LISTS}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
