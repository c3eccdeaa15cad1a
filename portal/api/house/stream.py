"""The live stream of an open page."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.asked import Id, Query
from portal.api.board import api
from portal.session import Session, required
from portal.stream import Watch
from portal.window import Window, window
from saraban.contracts.errors import SarabanError

A_LOOK = "letter.classified_read"
"""Looks at a classified letter stand in its history; an open page that showed each would itself be looking for ever."""

LOOKS = 20
"""So many of the last entries are searched for one that is no look."""

EVENT_STREAM = {"content": {"text/event-stream": {"schema": {"type": "string"}}}}


class StreamQuery(Query):
    """What to hear of beside the inbox."""

    letter_id: Id | None = Field(None, description="Hear also when something happens to this letter.")
    seen: int = Field(0, ge=0, lt=2**53, description="`version` of the last entry of its history that is known.")


@api.get("/stream", summary="Live events", responses={200: EVENT_STREAM})
def stream(query: StreamQuery) -> Response:
    """Server-sent events: `inbox` with `{"letter_id": …}` when the asker's inbox changed; `letter` with `letter_id` and
    `position` when the history of the letter asked for goes beyond `seen`. What happened to the inbox while nobody
    listened is not repeated: ask for it after connecting. A comment every 15 seconds keeps the line open."""
    session, here = required(), window()
    watch = _watch(here, session, query) if query.letter_id else None
    told = here.hub.listen(session, lambda: _still_signed_in(here, session), watch)
    response = Response(told, mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _watch(here: Window, session: Session, query: StreamQuery) -> Watch:
    """Raises LetterNotFound for a letter that the asker may not see."""
    letter_id = query.letter_id or ""
    _newest(here, session, letter_id)
    return Watch(letter_id=letter_id, seen=query.seen, newest=lambda: _newest_if_seen(here, session, letter_id))


def _newest(here: Window, session: Session, letter_id: str) -> int:
    actor = here.recognitions.of(session.token).wire
    told = here.services.call("routing", "history", actor=actor, letter_id=letter_id, limit=LOOKS, newest_first=True)
    return max((row["version"] for row in told["rows"] if row["what"] != A_LOOK), default=0)


def _newest_if_seen(here: Window, session: Session, letter_id: str) -> int | None:
    try:
        return _newest(here, session, letter_id)
    except SarabanError:
        return None


def _still_signed_in(here: Window, session: Session) -> bool:
    try:
        here.recognitions.of(session.token)
    except SarabanError:
        return False
    return True
