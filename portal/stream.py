"""Telling open pages that something changed, by server-sent events."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from portal.session import Session

KEEP_ALIVE_SECONDS = 15.0
WAITING_LIMIT = 32
STREAMS_OF_ONE_OFFICER = 10
RETRY_MILLISECONDS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The letter that a page shows, up to the event `seen` of its history. `newest` asks for the newest event that this
    officer may see; None when they may not see the letter (any more), or nobody can tell."""

    letter_id: str
    seen: int
    newest: Callable[[], int | None]


@dataclass(frozen=True, slots=True)
class Message:
    """What a page is told. Of two about the same letter that wait, the later one is enough."""

    event: str
    letter_id: str
    position: int | None = None

    def __bytes__(self) -> bytes:
        told = {"letter_id": self.letter_id, "position": self.position}
        data = {name: value for name, value in told.items() if value is not None}
        return b"event: " + self.event.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"


class Listener:
    """One open page. It holds at most WAITING_LIMIT unsent messages; one that falls behind is let go, and its browser
    connects anew and asks for the present state."""

    def __init__(self, officer_id: str, unit_id: str, watch: Watch | None = None) -> None:
        self.officer_id = officer_id
        self.unit_id = unit_id
        self.watch = watch
        self._latest: dict[tuple[str, str], Message] = {}
        self._waiting: queue.Queue[tuple[str, str] | None] = queue.Queue(WAITING_LIMIT)

    def tell(self, message: Message) -> bool:
        """Hand over a message, in the place of one about the same that still waits; False when the page has fallen
        behind."""
        key = (message.event, message.letter_id)
        waits = key in self._latest
        self._latest[key] = message
        try:
            if not waits:
                self._waiting.put_nowait(key)
        except queue.Full:
            return False
        return True

    def let_go(self) -> None:
        """End the stream behind what it still holds, or at once when it is full."""
        while True:
            try:
                self._waiting.put_nowait(None)
            except queue.Full:
                self._latest.pop(self._waiting.get_nowait() or ("", ""), None)
            else:
                return

    def next(self, seconds: float) -> Message | None:
        """The next message, None at the end. Raises queue.Empty when there was none for so long."""
        key = self._waiting.get(timeout=seconds)
        return None if key is None else self._latest.pop(key)


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
        message = Message("inbox", letter_id)
        officers, units = set(officer_ids), set(unit_ids)
        for listener in list(self._listeners):
            if (listener.officer_id in officers or listener.unit_id in units) and not listener.tell(message):
                self._drop(listener)

    def letters_changed(self, positions: Mapping[str, int]) -> None:
        """Tell the pages that show one of these letters that it moved on, up to a log position."""
        for listener in list(self._listeners):
            if listener.watch is not None and listener.watch.letter_id in positions:
                letter_id = listener.watch.letter_id
                if not listener.tell(Message("letter", letter_id, positions[letter_id])):
                    self._drop(listener)

    def listen(
        self, session: Session, still_signed_in: Callable[[], bool], watch: Watch | None = None
    ) -> Iterator[bytes]:
        """What to send to a page, until it goes away, falls behind, or nobody is signed in behind it any more or may
        see the letter that it shows."""
        listener = Listener(session.actor.officer_id, session.actor.unit_id, watch)
        try:
            self._admit(listener)
            yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
            if watch is not None and (watch.newest() or 0) > watch.seen:
                listener.tell(Message("letter", watch.letter_id))
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
                yield b": still here\n\n"
                continue
            if message is None or (message.event == "letter" and not _may_see(listener)):
                return
            yield bytes(message)


def _may_see(listener: Listener) -> bool:
    """Asked before each word about a letter: rights and letters change while a page is open."""
    return listener.watch is not None and listener.watch.newest() is not None
