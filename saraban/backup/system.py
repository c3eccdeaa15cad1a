"""A system as backups see it: its stores, whatever engines they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from saraban import wiring
from saraban.ports import EventStore, Mailbox, ObjectStore, Views
from saraban.settings import Settings

RECORDS = {"registry": ("credentials", "tokens"), "search": ("texts",)}
"""Service → its records that are kept. Sessions, failed sign-ins, claims, parked work, the state of the index and the
notes of mail are not: they are made anew, or must not come back."""

SERVICES = ("registry", "intake", "routing", "search", "mail")


@dataclass(slots=True, kw_only=True)
class System:
    """The stores. `waiting` is the Maildir when mail comes in by one, else None: a mail server keeps its own mails.
    `deliver` puts a mail into it; what lay still in it for `settle_seconds` is whole."""

    log: EventStore
    objects: ObjectStore
    views: Callable[[str], Views]
    waiting: Mailbox | None = None
    deliver: Callable[[Path], None] | None = None
    settle_seconds: float = 1.2
    opened: dict[str, Views] = field(default_factory=dict)

    def records_of(self, service: str) -> Views:
        """The records of a service, with its views."""
        if service not in self.opened:
            self.opened[service] = self.views(service)
        return self.opened[service]

    def close(self) -> None:
        """Let go of the stores."""
        for views in self.opened.values():
            views.close()
        self.log.close()


@contextmanager
def system(settings: Settings) -> Iterator[System]:
    """The system that the settings name, for the block."""
    by_maildir = settings.mailbox.startswith("maildir:")
    stores = System(
        log=wiring.event_store(settings),
        objects=wiring.object_store(settings),
        views=lambda service: wiring.views(settings, service),
        waiting=wiring.mailbox(settings) if by_maildir else None,
        deliver=wiring.delivery(settings) if by_maildir else None,
    )
    try:
        yield stores
    finally:
        stores.close()
