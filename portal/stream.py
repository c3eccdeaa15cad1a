"""Telling open pages that something changed, by server-sent events."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator

import msgspec

from portal.session import Session

KEEP_ALIVE_SECONDS = 15.0
WAITING_LIMIT = 32
STREAMS_OF_ONE_OFFICER = 10
RETRY_MILLISECONDS = 2000


class Listener:
    """One open page. It holds at most WAITING_LIMIT unsent messages; one that falls behind is let go, and its browser
    connects anew and asks for the present state."""

    def __init__(self, officer_id: str, unit_id: str) -> None:
        self.officer_id = officer_id
        self.unit_id = unit_id
        self._waiting: queue.Queue[bytes | None] = queue.Queue(WAITING_LIMIT)

    def tell(self, message: bytes) -> bool:
        """Hand over a message; False when the page has fallen behind."""
        try:
            self._waiting.put_nowait(message)
        except queue.Full:
            return False
        return True

    def let_go(self) -> None:
        """End the stream behind what it still holds, or at once when it is full."""
        while True:
            try:
                self._waiting.put_nowait(None)
            except queue.Full:
                self._waiting.get_nowait()
            else:
                return

    def next(self, seconds: float) -> bytes | None:
        """The next message, None at the end. Raises queue.Empty when there was none for so long."""
        return self._waiting.get(timeout=seconds)


class Hub:
    """All open pages of this process."""

    def __init__(self, keep_alive_seconds: float = KEEP_ALIVE_SECONDS) -> None:
        self._keep_alive = keep_alive_seconds
        self._listeners: list[Listener] = []
        self._closed = False

    def __len__(self) -> int:
        return len(self._listeners)

    def inbox_changed(self, officer_ids: list[str], unit_ids: list[str], letter_id: str) -> None:
        """Tell the pages of these officers, and of everyone in these units, that their inbox changed."""
        message = _message("inbox", {"letter_id": letter_id})
        officers, units = set(officer_ids), set(unit_ids)
        for listener in list(self._listeners):
            if (listener.officer_id in officers or listener.unit_id in units) and not listener.tell(message):
                self._drop(listener)

    def listen(self, session: Session, still_signed_in: Callable[[], bool]) -> Iterator[bytes]:
        """What to send to a page, until it goes away, falls behind, or nobody is signed in behind it any more."""
        listener = Listener(session.actor.officer_id, session.actor.unit_id)
        try:
            self._admit(listener)
            yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
            yield from self._messages(listener, still_signed_in)
        finally:
            self._drop(listener)

    def close(self) -> None:
        """End every stream, and every later one at once."""
        self._closed = True
        for listener in list(self._listeners):
            self._drop(listener)

    def _admit(self, listener: Listener) -> None:
        own = [one for one in self._listeners if one.officer_id == listener.officer_id]
        for oldest in own[: max(0, len(own) + 1 - STREAMS_OF_ONE_OFFICER)]:
            self._drop(oldest)
        self._listeners.append(listener)
        if self._closed:
            listener.let_go()

    def _drop(self, listener: Listener) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)
        listener.let_go()

    def _messages(self, listener: Listener, still_signed_in: Callable[[], bool]) -> Iterator[bytes]:
        while True:
            try:
                message = listener.next(self._keep_alive)
            except queue.Empty:
                if not still_signed_in():
                    return
                message = b": still here\n\n"
            if message is None:
                return
            yield message


def _message(event: str, data: dict[str, str]) -> bytes:
    return b"event: " + event.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"
