"""Addresses of our own pages."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request

PASSING = ("after", "done", "number")
"""What a page's address carries only right after an act."""


def own_path(path: str | None, otherwise: str) -> str:
    """`path` when it is a path of this site, `otherwise` when it would lead elsewhere."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return otherwise
    return path if not urlsplit(path).netloc else otherwise


def with_query(path: str, **values: object) -> str:
    """`path` with these values behind the question mark; None leaves one out."""
    given = [(name, str(value)) for name, value in values.items() if value not in (None, "")]
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}{urlencode(given)}" if given else path


def here() -> str:
    """The address of this page, without what only the last act put there."""
    kept = [(name, value) for name, value in parse_qsl(request.query_string.decode()) if name not in PASSING]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def further(continue_from: str | None) -> str:
    """The address of the next page of this list."""
    kept = {name: value for name, value in request.args.items() if name not in (*PASSING, "continue_from")}
    return with_query(request.path, **kept, continue_from=continue_from)


def after() -> int | None:
    """The log position that this page must have reached, from its address."""
    given = request.args.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
