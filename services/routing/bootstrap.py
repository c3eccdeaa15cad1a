"""Furnishing routing: settings and the way to other services in, a working desk out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saraban import wiring
from saraban.broker.desk import Office
from saraban.broker.following import RegistryLog
from saraban.broker.services import Caller
from saraban.broker.threads import in_background, in_thread
from saraban.contracts.commit import Commit, RecordedEvent, from_wire
from saraban.follow import Follower, Happened
from saraban.ports import Views
from services.routing.desk import Desk, wire_events
from services.routing.views.projections import projections
from services.routing.views.shelves import LETTERS
from services.routing.views.touched import changed, touched


class RegistryCalls:
    """The registry behind the broker."""

    def __init__(self, services: Caller) -> None:
        self._services = services

    def record(self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[RecordedEvent]) -> Commit:
        """See Registry."""
        written = self._services.call(
            "registry", "record", command_id=command_id, actor=actor, cause=cause, events=wire_events(events)
        )
        return from_wire(written)

    def stream_versions(self, streams: Sequence[str]) -> Mapping[str, int]:
        """See Registry."""
        versions: Mapping[str, int] = self._services.call("registry", "stream_versions", streams=list(streams))
        return versions

    def head(self) -> int:
        """See Registry."""
        position: int = self._services.call("registry", "head")["position"]
        return position


def furnish(office: Office) -> Desk:
    """The desk that the settings name; it tells the windows whose inbox changed."""
    views = wiring.views(office.settings, "routing")
    follower = Follower(
        "routing",
        views,
        RegistryLog(office.services),
        projections(),
        on_applied=lambda applied: tell(office, views, applied),
        in_thread=in_background,
        shelves={"letter": LETTERS},
    )
    return Desk(views=views, follower=follower, registry=RegistryCalls(office.services))


def tell(office: Office, views: Views, applied: Sequence[Happened]) -> None:
    """Say whose inbox changed and which letters did; whoever misses it sees it when they look the next time."""
    for one in in_thread(touched, applied, views):
        inboxes = {"officer_ids": sorted(one.officer_ids), "unit_ids": sorted(one.unit_ids)}
        office.publish("inbox_changed", {"letter_id": one.letter_id, **inboxes})
    letters = changed(applied)
    if letters:
        office.publish("letters_changed", {"letters": letters})
