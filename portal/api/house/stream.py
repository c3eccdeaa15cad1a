"""The live stream of an open page."""

from __future__ import annotations

from flask import Response

from portal.api.board import api
from portal.session import Session, required
from portal.window import Window, window
from saraban.contracts.errors import SarabanError

EVENT_STREAM = {"content": {"text/event-stream": {"schema": {"type": "string"}}}}


@api.get("/stream", summary="Live events", responses={200: EVENT_STREAM})
def stream() -> Response:
    """Server-sent events: `inbox` with `{"letter_id": …}` when the asker's inbox changed. What happened while nobody
    listened is not repeated: ask for the inbox after connecting. A comment every 15 seconds keeps the line open."""
    session, here = required(), window()
    response = Response(here.hub.listen(session, lambda: _still_signed_in(here, session)), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _still_signed_in(here: Window, session: Session) -> bool:
    try:
        here.recognitions.of(session.token)
    except SarabanError:
        return False
    return True
