"""Furnishing mail: settings and the way to other services in, a working desk out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from saraban import claims, wiring
from saraban.broker.desk import Office
from saraban.broker.following import RegistryLog
from saraban.broker.services import Caller
from saraban.broker.threads import in_background
from saraban.contracts.actor import Actor, to_wire
from saraban.contracts.commit import Commit, RecordedEvent, from_wire, unpack
from saraban.files import Files
from saraban.follow import Follower, Happened
from services.mail.desk import Desk
from services.mail.views.projections import projections
from services.mail.views.shelves import LETTERS

ASKS_FOR_MAIL = {"agency.named", "letter.arrived", "letter.registered", "letter.sent"}
"""What may make the outbox fuller."""


class RegistryCalls:
    """The registry behind the broker."""

    def __init__(self, services: Caller) -> None:
        self._services = services

    def arrive(self, actor: Actor, command_id: str, letter: Mapping[str, Any]) -> Mapping[str, Any]:
        """See Registry."""
        answer: Mapping[str, Any] = self._services.call(
            "registry", "arrive", actor=to_wire(actor), command_id=command_id, **letter
        )
        return answer

    def record(self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[RecordedEvent]) -> Commit:
        """See Registry."""
        plain = msgspec.to_builtins(events)
        written = self._services.call(
            "registry", "record", command_id=command_id, actor=actor, cause=cause, events=plain
        )
        return from_wire(written)

    def stream_versions(self, streams: Sequence[str]) -> Mapping[str, int]:
        """See Registry."""
        versions: Mapping[str, int] = self._services.call("registry", "stream_versions", streams=list(streams))
        return versions

    def commits(self, stream: str) -> Sequence[Commit]:
        """See Registry."""
        return unpack(self._services.call("registry", "read_stream", stream=stream, after=0))

    def head(self) -> int:
        """See Registry."""
        position: int = self._services.call("registry", "head")["position"]
        return position


def furnish(office: Office) -> Desk:
    """The desk that the settings name; what must leave rings the outbox."""
    settings, clock = office.settings, wiring.MachineClock()
    views, secret = wiring.views(settings, "mail"), wiring.secret(settings)
    if settings.alone():
        claims.release_all(views)
    follower = Follower(
        "mail",
        views,
        RegistryLog(office.services),
        projections(),
        on_applied=lambda applied: _ring(office, applied),
        in_thread=in_background,
        shelves={"letter": LETTERS},
    )
    return Desk(
        views=views,
        follower=follower,
        registry=RegistryCalls(office.services),
        files=Files(settings.intake_address(), secret, clock),
        mailbox=wiring.mailbox(settings),
        postman=wiring.postman(settings),
        clock=clock,
        settings=settings,
        secret=secret,
        ring=office.ring,
        claims=claims.Claims() if settings.alone() else claims.Claims(views, clock),
    )


def _ring(office: Office, applied: Sequence[Happened]) -> None:
    if any(one.type in ASKS_FOR_MAIL for one in applied):
        office.ring("outbox")
