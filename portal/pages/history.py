"""ประวัติการดำเนินการ: what happened to a letter, in the office's words, the last thing first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from flask import Blueprint, render_template, request

from portal.calls import ask
from portal.pages.language import language, named
from portal.pages.paths import after
from portal.pages.showing import wants_part
from portal.words import LANGUAGES
from portal.words.dates import say_day

page = Blueprint("history", __name__)

ENTRIES = 100
"""Entries that are shown or fetched at a time."""

QUOTED = ("note", "text", "reason")
"""Details that a person wrote: they stand under the sentence, as they were written."""

NAMED = {"channel": "channel", "what": "look", "order": "order", "kind": "receipt"}
"""Detail → the group of words that names its values."""


@page.get("/letters/<letter_id>/history")
def history(letter_id: str) -> str:
    """All that happened, page by page; for the script of a letter's page the entries that follow those shown."""
    shown = history_of(letter_id, ENTRIES, continue_from=request.args.get("continue_from"), after=after())
    if wants_part():
        return render_template("history_part.html", letter_id=letter_id, history=shown)
    letter = ask("registry", "letter", letter_id=letter_id)
    return render_template("letter_history.html", letter_id=letter_id, letter=letter, history=shown)


def history_of(letter_id: str, limit: int, **place: Any) -> dict[str, Any]:
    """A page of the letter's history in words: `rows` and what continues it, `next`."""
    answer = ask("routing", "history", letter_id=letter_id, limit=limit, newest_first=True, **place)
    return {**answer, "rows": told(answer["rows"])}


def told(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each entry with its `sentence` and the `quote` of what a person wrote."""
    return [{**entry, "sentence": _sentence(entry), "quote": _quote(entry["detail"])} for entry in entries]


def _sentence(entry: Mapping[str, Any]) -> str:
    """The sentence of the entry's kind; its short form when a detail that the long one tells is not known."""
    key = f"event.{entry['what']}"
    values = {name: _said(name, value) for name, value in entry["detail"].items() if value not in (None, "", [])}
    for words in (key, f"{key}.bare"):
        with suppress(KeyError):
            return LANGUAGES[language()][words].format_map(values)
    return str(entry["what"])


def _said(name: str, value: Any) -> str:
    if name in NAMED:
        return named(NAMED[name], str(value))
    if name in {"due", "dated"}:
        return say_day(language(), value)
    if name == "changed":
        return ", ".join(named("field", one) for one in value)
    if isinstance(value, list):
        return ", ".join(one["name"] for one in value)
    return str(value["name"]) if isinstance(value, dict) else str(value)


def _quote(detail: Mapping[str, Any]) -> str:
    written = next((str(detail[name]) for name in QUOTED if detail.get(name)), "")
    return LANGUAGES[language()].get(f"delivery_reason.{written}", written)
