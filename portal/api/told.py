"""The shapes of what is told, for the OpenAPI document: services make the answers, these say what is in them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Told(BaseModel):
    """An answer. More members may join it later; a program ignores those it does not know."""

    model_config = ConfigDict(extra="allow")


class Done(Told):
    """The act is recorded at this position of the log; give it as `after` to queries that must see it."""

    position: int


class Numbered(Done):
    """A letter has its number."""

    letter_id: str
    number: int
    shown: str


class LetterMade(Done):
    """A letter, not numbered yet."""

    letter_id: str


class FileStored(Told):
    """A stored file; use it as it is in `files` of a letter."""

    sha256: str
    name: str
    media_type: str
    size: int


class Rows(Told):
    """A page of a list; `next` continues it and is null at the end."""

    rows: list[dict[str, Any]]
    next: str | None = None


class Letter(Told):
    """A letter as this officer may see it."""

    letter_id: str
    direction: str
    status: str
    particulars: dict[str, Any]
    files: list[dict[str, Any]]
    registrations: list[dict[str, Any]] | None = None
    version: int | None = None


class Person(Told):
    """Who is signed in."""

    officer_id: str
    name: str
    title: str
    unit_id: str
    roles: list[str]
    clearance: int


class SignedIn(Told):
    """The session is in the cookie; `csrf` goes into the header X-CSRF-Token of every change."""

    csrf: str | None
    actor: Person


class Problem(Told):
    """An error (RFC 9457). `code` is stable; `detail` is in the asker's language, `th` and `en` in both."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    th: str
    en: str
