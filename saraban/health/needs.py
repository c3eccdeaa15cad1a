"""What a service cannot do without, and how to ask for it cheaply.

An engine is asked by a read that every engine of its port answers quickly: the head of the log, the position of the
views, the facts of an object that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saraban import ports
from saraban.broker.threads import in_thread

TOLD = {
    "broker": ("ระบบส่งข้อความ (RabbitMQ) ไม่ตอบ", "The broker (RabbitMQ) does not answer."),
    "log": ("ที่เก็บบันทึก (log) ไม่ตอบ", "The log does not answer."),
    "views": ("ที่เก็บข้อมูลของบริการ (views) ไม่ตอบ", "The store of the service's views does not answer."),
    "objects": ("ที่เก็บไฟล์ไม่ตอบ", "The store of the files does not answer."),
    "index": ("ดัชนีค้นหาไม่ตอบ", "The search index does not answer."),
    "mailbox": (
        "อ่านกล่องอีเมลกลาง หรืออีเมลในกล่องไม่ได้",
        "The mailbox of the central address, or a mail in it, cannot be read.",
    ),
    "start": ("บริการยังเริ่มทำงานไม่ได้", "The service has not started yet."),
    "service": ("บริการ {name} ยังไม่พร้อม", "The service {name} is not ready."),
}
"""What is told of a need that is missing, in Thai and English."""

PATIENCE = 2.0
"""Seconds that a need may take to answer."""

SERVICE_PATIENCE = 3.0
"""The same for another service, which may itself have to wait for what it needs."""

NOBODY = "0" * 64
"""The key of an object that does not exist."""


class NotReady(Exception):
    """What was asked answers, but is itself in need; `missing` is what it told of that."""

    def __init__(self, code: str, missing: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that a service needs. `ask` returns when it is there and raises when not; after `patience` seconds
    it counts as missing. Without a `vital` one the service is not ready; any other is only told of."""

    name: str
    th: str
    en: str
    ask: Callable[[], object]
    vital: bool = True
    patience: float = PATIENCE


def need(name: str, ask: Callable[[], object], *, vital: bool = True, patience: float = PATIENCE) -> Need:
    """The need of that name in TOLD, or else of the service of that name."""
    th, en = TOLD.get(name) or (text.format(name=name) for text in TOLD["service"])
    return Need(name=name, th=th, en=en, ask=ask, vital=vital, patience=patience)


def log(store: ports.EventStore) -> Need:
    """The log."""
    return need("log", lambda: in_thread(store.head))


def views(kept: ports.Views) -> Need:
    """A service's views."""
    return need("views", lambda: in_thread(kept.position))


def objects(store: ports.ObjectStore) -> Need:
    """The object store."""
    return need("objects", lambda: in_thread(store.stat, NOBODY))


def index(search: ports.SearchIndex) -> Need:
    """The search index."""
    return need("index", lambda: in_thread(search.versions, ["nobody"]))


def mailbox(checked: Callable[[], Mapping[str, Any] | None]) -> Need:
    """The mailbox, by how the last look into it went; `checked` answers {ok, error}, or None before the first."""

    def ask() -> None:
        last = checked()
        if last is not None and not last["ok"]:
            raise NotReady(str(last["error"]))

    return need("mailbox", ask, vital=False)


def service(name: str, ready: Callable[[], Mapping[str, Any]], *, vital: bool) -> Need:
    """Another service; `ready` calls its method of that name. It may itself wait for what it needs."""

    def ask() -> None:
        told = ready()
        if not told["ready"]:
            raise NotReady("service.not_ready", told.get("missing", ()))

    return need(name, ask, vital=vital, patience=SERVICE_PATIENCE)
