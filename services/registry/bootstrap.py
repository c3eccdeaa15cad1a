"""Furnishing the registry: settings and the way to other services in, a working registry out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from saraban import wiring
from saraban.backed_up import last_backup
from saraban.broker.desk import Office
from saraban.broker.services import Caller
from saraban.broker.threads import in_background, in_thread
from saraban.contracts.commit import Commit
from saraban.contracts.errors.views import ViewBehind
from saraban.follow import Follower, Happened
from saraban.health import Need, needs
from saraban.metrics import Figure
from saraban.ports import EventStore, Views
from saraban.settings import Settings
from services.registry.accounts import Accounts
from services.registry.clerk import Clerk
from services.registry.domain.organisation import Organisation
from services.registry.knocks import Knocks
from services.registry.pen import Pen, Streams
from services.registry.views import LETTERS, PROJECTIONS

PATIENCE = 2.0
"""Seconds that a query waits for the views."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Everything that the registry's entry points work with: its desk."""

    settings: Settings
    store: EventStore
    views: Views
    knocks: Knocks
    clerk: Clerk
    accounts: Accounts
    follower: Follower
    services: Caller
    secret: bytes = field(repr=False)

    def organisation(self) -> Organisation:
        """The organisation as the log tells it now."""
        return in_thread(lambda: self.clerk.chart.seen_by(Streams(self.store)))

    def caught_up(self, after: int | None) -> None:
        """Wait until the views have reached a log position; after a while they answer with what they have."""
        if after:
            with suppress(ViewBehind):
                self.follower.wait_for(after, PATIENCE)

    def figures(self) -> Iterator[Figure]:
        """How long the log is, and when it was last backed up."""
        yield Figure(name="saraban_log_position", value=in_thread(self.store.head).position)
        last = in_thread(last_backup, self.views)
        yield Figure(name="saraban_backup_timestamp_seconds", value=last.at.timestamp() if last else 0)
        yield Figure(name="saraban_backup_missing_files", value=last.missing if last else 0)

    def needs(self) -> tuple[Need, ...]:
        """What the registry cannot do without, beside its views."""
        return (needs.log(self.store),)

    def close(self) -> None:
        """Let go of the log and the views."""
        self.follower.close()
        self.views.close()
        self.store.close()


class OwnLog:
    """The log as its owner reads it, without asking anyone."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    def read(self, after: int, limit: int) -> list[Commit]:
        """See LogReader."""
        return in_thread(self._store.read, after, limit)

    def stream(self, name: str, after: int) -> list[Commit]:
        """See LogReader."""
        return in_thread(self._store.commits_of_stream, name, after)


def furnish(office: Office) -> Registry:
    """The registry that the settings name."""
    settings, clock = office.settings, wiring.MachineClock()
    store, views = wiring.event_store(settings), wiring.views(settings, "registry")
    follower = Follower(
        office.service,
        views,
        OwnLog(store),
        PROJECTIONS,
        on_applied=lambda happened: _ring(office, happened),
        in_thread=in_background,
        shelves={"letter": LETTERS},
    )
    knocks = Knocks(office)
    return Registry(
        settings=settings,
        store=store,
        views=views,
        knocks=knocks,
        clerk=Clerk(pen=Pen(store, clock, knocks.gather), clock=clock, settings=settings),
        accounts=Accounts(views, clock, settings.session_hours),
        follower=follower,
        services=office.services,
        secret=wiring.secret(settings),
    )


def _ring(office: Office, happened: Sequence[Happened]) -> None:
    if any(one.type == "letter.numbered" for one in happened):
        office.ring("fair_copies")
