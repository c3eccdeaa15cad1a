"""What every template has at hand."""

from __future__ import annotations

from flask import Flask, request
from markupsafe import Markup, escape

from portal.pages.assets import static
from portal.pages.language import language, named, other_language, t
from portal.pages.paths import further, here, with_query
from portal.pages.rooms import rooms
from portal.session import current
from portal.window import window
from portal.words.dates import say_day, say_long_day, say_moment
from saraban.contracts.actor import Actor
from saraban.contracts.ids import new_id
from saraban.contracts.letters import KINDS, SECRECIES, URGENCIES
from saraban.thai.numbers import thai_digits


def dress(app: Flask) -> None:
    """Give the templates their words, dates and small helpers."""
    app.jinja_env.globals.update(
        t=t, named=named, options=options, language=language, other_language=other_language, static=static,
        here=here, further=further, with_query=with_query, rooms=rooms, actor=actor, csrf=csrf,
        fresh_key=new_id, what_was_done=what_was_done,
    )  # fmt: skip
    app.jinja_env.filters.update(moment=moment, day=day, long_day=long_day, size=size, numerals=numerals)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def actor() -> Actor | None:
    """Who is signed in, or None."""
    session = current()
    return session.actor if session else None


def csrf() -> str:
    """What proves that a form is ours; empty for a stranger."""
    session = current()
    return (session.csrf or "") if session else ""


CHOICES = {"kind": KINDS, "urgency": URGENCIES, "secrecy": SECRECIES}


def options(group: str) -> list[tuple[str, str]]:
    """The choices of a field with their names."""
    return [(value, named(group, value)) for value in CHOICES[group]]


def what_was_done() -> str:
    """The sentence about the act that led here, or nothing."""
    key = request.args.get("done", "")
    said = named("done", key)
    return "" if said == key else said.replace("{number}", request.args.get("number", "")[:80])


def moment(iso: str | None) -> Markup:
    """An ISO time as a `time` element, or a dash."""
    return _time(iso, say_moment(language(), iso)) if iso else Markup("–")


def day(iso: str | None) -> Markup:
    """An ISO date as a `time` element, or a dash."""
    return _time(iso, say_day(language(), iso)) if iso else Markup("–")


def long_day(iso: str | None) -> Markup:
    """An ISO date with the whole name of its month, or a dash."""
    return _time(iso, say_long_day(language(), iso)) if iso else Markup("–")


def size(count: int) -> str:
    """A number of bytes as people read it."""
    if count < 1_000_000:
        return t("size.kb", count=max(1, round(count / 1000)))
    return t("size.mb", count=f"{count / 1_000_000:.1f}")


def numerals(text: str) -> str:
    """Text as it stands on our letters: with Thai digits, where the office uses them."""
    return thai_digits(text) if window().settings.thai_digits else text


def _time(iso: str, said: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(iso, escape(said))
