"""Furnishing search: settings and the way to other services in, a working search out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saraban import wiring
from saraban.broker.desk import Office
from saraban.broker.following import RegistryLog
from saraban.broker.services import Caller
from saraban.broker.threads import in_background, in_thread
from saraban.claims import Claims
from saraban.crew import Crew
from saraban.files import Files
from saraban.follow import Follower, Happened
from saraban.health import Need, needs
from saraban.ports import Views
from services.search import views as room
from services.search.commands import ReadFile
from services.search.desk import Desk
from services.search.handlers import check_index, index_changed, read_file, rebuild_index

INDEX_BELL = "index"
INDEX = "index"
WAITING_AT_ONCE = 200
REST_SECONDS = 0.2


@dataclass(slots=True, kw_only=True)
class Search:
    """Everything that search's entry points work with."""

    desk: Desk
    views: Views
    follower: Follower
    readers: Crew
    rebuilder: Crew

    def index_changed(self) -> None:
        """Index what changed, then rest a little: what comes meanwhile shares one write of the index, which costs as
        much as a hundred letters do."""
        index_changed(self.desk)
        time.sleep(REST_SECONDS)

    def mend_index(self) -> None:
        """Have the index made anew as long as it is not to be trusted, by one process."""
        if self.desk.distrusted.is_set():
            check_index(self.desk)
        if self.desk.distrusted.is_set():
            self.rebuilder.give(INDEX)

    def read_waiting(self) -> None:
        """Give the readers what waits for them."""
        for file in in_thread(self.views.find, room.FILES, "waiting", room.YES, limit=WAITING_AT_ONCE):
            self.readers.give(file.key)

    def needs(self) -> tuple[Need, ...]:
        """What search cannot do without, beside its views."""
        return (needs.index(self.desk.index),)

    def close(self) -> None:
        """Let go of everything."""
        self.desk.stopping.set()
        self.rebuilder.close()
        self.readers.close()
        self.follower.close()
        in_thread(self.desk.index.close)
        self.views.close()


def furnish(office: Office) -> Search:
    """The search that the settings name."""
    views, clock = wiring.views(office.settings, office.service), wiring.MachineClock()
    follower = Follower(
        office.service,
        views,
        RegistryLog(office.services),
        room.projections(),
        on_applied=lambda happened: heed(desk, readers, lambda: office.ring(INDEX_BELL), happened),
        in_thread=in_background,
        shelves={"letter": room.LETTERS},
    )
    desk = Desk(
        views=views,
        follower=follower,
        index=wiring.search_index(office.settings),
        files=Files(office.settings.intake_address(), wiring.secret(office.settings), clock),
        registry=RegistryCalls(office.services),
        claims=Claims() if office.settings.alone() else Claims(views, clock),
    )
    check_index(desk)
    read = desk.claims.each_by_one("read", lambda sha256: read_file(desk, ReadFile(sha256=sha256)))
    readers = Crew(read, name="reader")
    rebuilder = Crew(lambda _: mended(desk), name="rebuilder", count=1)
    return Search(desk=desk, views=views, follower=follower, readers=readers, rebuilder=rebuilder)


def mended(desk: Desk) -> None:
    """Make the index anew unless that was done meanwhile."""
    if desk.distrusted.is_set():
        rebuild_index(desk)


def heed(desk: Desk, readers: Crew, ring: Callable[[], None], happened: Sequence[Happened]) -> None:
    """Have fresh files read and changed letters indexed."""
    for one in happened:
        if one.type == "file.stored":
            readers.give(one.event.sha256)
    desk.applied.append(min(one.position for one in happened))
    ring()


class RegistryCalls:
    """The registry behind the broker."""

    def __init__(self, services: Caller) -> None:
        self._services = services

    def record(
        self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[Mapping[str, Any]]
    ) -> None:
        """See desk.Registry."""
        self._services.call("registry", "record", command_id=command_id, actor=actor, cause=cause, events=list(events))
