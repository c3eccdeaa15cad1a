"""Work that could not be done and waits for someone to look: kept durably, with its error, in a service's records.

Two kinds share the table `parked`: an event that a handler could not take (`message`) and a stream that a projection
could not follow (`stream`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from saraban.contracts.ids import new_id
from saraban.ports import Document, Views

TABLE = "parked"

_ERROR_LENGTH = 500


def park_message(
    views: Views, *, source: str, event_type: str, handler: str, payload: Any, error: BaseException, tries: int
) -> str:
    """Keep an event that `handler` could not take; answers the key it is kept under."""
    key = f"message:{new_id()}"
    about = {"source": source, "event_type": event_type, "handler": handler, "payload": payload}
    views.put_record(TABLE, key, {"kind": "message", **about, **_failure(error, tries)})
    return key


def park_stream(views: Views, *, stream: str, version: int, error: BaseException, tries: int) -> None:
    """Keep that `stream` cannot be followed beyond the version before `version`."""
    doc = {"kind": "stream", "stream": stream, "version": version, **_failure(error, tries)}
    views.put_record(TABLE, stream_key(stream), doc)


def stream_key(stream: str) -> str:
    """The key of a parked stream."""
    return f"stream:{stream}"


def parked(views: Views) -> list[tuple[str, Document]]:
    """All that is parked, by key."""
    found: list[tuple[str, Document]] = []
    while page := views.records(TABLE, after=found[-1][0] if found else ""):
        found += page
    return found


def _failure(error: BaseException, tries: int) -> dict[str, Any]:
    text = f"{type(error).__name__}: {error}"[:_ERROR_LENGTH]
    return {"error": text, "tries": tries, "since": datetime.now(UTC).isoformat()}
