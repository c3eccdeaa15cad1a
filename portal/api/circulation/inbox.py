"""The inbox of the officer who is signed in."""

from __future__ import annotations

from typing import Literal

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Page
from portal.api.board import api
from portal.api.told import Rows
from portal.calls import ask


class InboxQuery(Page):
    """Which part of the inbox."""

    which: Literal["waiting", "all", "actions"] = "waiting"


class Inbox(Rows):
    """`counts` tells how many letters are waiting and unread, and how many actions are open."""

    counts: dict[str, int]


@api.get("/inbox", summary="My inbox", responses={200: Inbox})
def inbox(query: InboxQuery) -> Response:
    """Letters that were circulated to this officer, newest first."""
    return answer(ask("routing", "inbox", **query.model_dump()))
