"""Furnishing intake: settings and the way to other services in, a working intake out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saraban import wiring
from saraban.broker.desk import Office
from saraban.broker.following import RegistryLog
from saraban.broker.services import Caller
from saraban.broker.threads import in_background, in_thread
from saraban.claims import Claims
from saraban.contracts import codec
from saraban.crew import Crew
from saraban.follow import Follower, Happened
from saraban.health import Need, needs
from saraban.ports import Document, Views
from services.intake import views as room
from services.intake.commands import ExamineFile
from services.intake.desk import Desk
from services.intake.handlers.examine import examine_file


@dataclass(slots=True, kw_only=True)
class Intake:
    """Everything that intake's entry points work with."""

    desk: Desk
    views: Views
    follower: Follower
    examiners: Crew

    def known(self, sha256: str) -> Document | None:
        """What is known of a file; one that came a moment ago is looked up in the log."""
        known = in_thread(self.views.get, room.FILES, sha256)
        if known is None:
            self.follower.sweep()
            known = in_thread(self.views.get, room.FILES, sha256)
        return known

    def examine_waiting(self) -> None:
        """Give the examiners what waits for them."""
        for found in in_thread(self.views.find, room.FILES, "work", [room.WAITING], limit=200):
            self.examiners.give(found.key)

    def needs(self) -> tuple[Need, ...]:
        """What intake cannot do without, beside its views."""
        return (needs.objects(self.desk.objects),)

    def close(self) -> None:
        """Let go of everything."""
        self.examiners.close()
        self.follower.close()
        self.views.close()


def furnish(office: Office) -> Intake:
    """The intake that the settings name."""
    desk = Desk(
        objects=wiring.object_store(office.settings),
        log=LogOverBroker(office.services),
        clock=wiring.MachineClock(),
        settings=office.settings,
        secret=wiring.secret(office.settings),
    )
    views = wiring.views(office.settings, office.service)
    claims = Claims() if office.settings.alone() else Claims(views, desk.clock)
    examine = claims.each_by_one("examine", lambda sha256: examine_file(ExamineFile(sha256=sha256), desk))
    examiners = Crew(examine, name="examiner")
    follower = Follower(
        office.service,
        views,
        RegistryLog(office.services),
        room.PROJECTIONS,
        on_applied=lambda happened: _give_fresh(examiners, happened),
        in_thread=in_background,
    )
    return Intake(desk=desk, views=views, follower=follower, examiners=examiners)


class LogOverBroker:
    """The registry's log, by calls."""

    def __init__(self, services: Caller) -> None:
        self._services = services
        self._reader = RegistryLog(services)

    def record(
        self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[Mapping[str, Any]]
    ) -> None:
        """See desk.Log."""
        self._services.call("registry", "record", command_id=command_id, actor=actor, cause=cause, events=list(events))

    def stream(self, name: str) -> tuple[int, Sequence[object]]:
        """See desk.Log."""
        recorded = [one for commit in self._reader.stream(name, 0) for one in commit.events if one.stream == name]
        decoded = (codec.decode(one.type, one.type_version, one.data) for one in recorded)
        return len(recorded), [happened for happened in decoded if happened is not None]


def _give_fresh(examiners: Crew, happened: Sequence[Happened]) -> None:
    for one in happened:
        if one.type == "file.stored":
            examiners.give(one.event.sha256)
