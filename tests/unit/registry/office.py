"""A small office for the registry's tests: the Secretariat with two bureaus, and a pen over the memory log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from saraban.contracts import ids
from saraban.contracts.actor import SYSTEM, Actor
from saraban.contracts.commit import Commit
from saraban.contracts.events import registry as said
from saraban.engines.event_store.memory import MemoryEventStore
from saraban.ports import EventStore
from saraban.settings import Settings
from services.registry.clerk import Clerk
from services.registry.domain.organisation import actor_of, fold
from services.registry.pen import Pen

UNITS = (
    ("central", "สำนักงานเลขาธิการคุรุสภา", "ศธ ๕๑๐๐", None, True),
    ("licence", "สำนักทะเบียนและใบอนุญาต", "ศธ ๕๑๐๔", "central", False),
    ("legal", "สำนักกฎหมาย", "ศธ ๕๑๐๕", "central", False),
)
OFFICERS = (
    ("somsri", "central", ("registry_clerk", "officer"), 0),
    ("wichai", "central", ("registry_clerk", "officer"), 2),
    ("malee", "licence", ("unit_registry", "officer"), 0),
    ("anan", "licence", ("officer",), 0),
    ("prasit", "licence", ("head", "officer"), 1),
    ("nida", "legal", ("officer",), 0),
    ("root", "central", ("administrator",), 0),
)


@dataclass
class StandingClock:
    """A clock that moves only when told."""

    moment: datetime = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def later(self, **span: float) -> None:
        self.moment += timedelta(**span)


@dataclass
class Office:
    store: EventStore = field(default_factory=MemoryEventStore)
    clock: StandingClock = field(default_factory=StandingClock)
    knocks: list[Commit] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self.clerk = Clerk(
            pen=Pen(self.store, self.clock, self.knocks.extend), clock=self.clock, settings=self.settings
        )
        self.say("setting-up", [(ids.ORGANISATION_STREAM, one) for one in organisation_events()])

    def say(self, command_id: str, said_now: Sequence[tuple[str, object]]) -> Commit:
        return self.clerk.write(command_id, SYSTEM, "test", lambda _: said_now)

    def actor(self, officer_id: str) -> Actor:
        organisation = fold(organisation_events())
        return actor_of(organisation.officer(officer_id), organisation)

    def store_file(self, sha256: str = "a" * 64) -> dict[str, Any]:
        from saraban.contracts.events import intake as said_by_intake

        stored = said_by_intake.FileStored(sha256=sha256, size=1000, name="หนังสือ.pdf", media_type="application/pdf")
        self.say(f"store-{sha256}", [(ids.file_stream(sha256), stored)])
        return {"sha256": sha256, "name": "หนังสือ.pdf", "media_type": "application/pdf", "size": 1000}


def organisation_events() -> list[object]:
    units = [
        said.UnitAdded(unit_id=unit_id, name=name, short_name=name, code=code, parent_id=parent, central=central)
        for unit_id, name, code, parent, central in UNITS
    ]
    officers = [
        said.OfficerAppointed(
            officer_id=one, login=one, name=one, title="เจ้าหน้าที่", unit_id=unit, roles=roles, clearance=clearance
        )
        for one, unit, roles, clearance in OFFICERS
    ]
    return [*units, *officers]


FLOOD = {"subject": "ขอความอนุเคราะห์ผู้ประสบอุทกภัย", "number": "ศธ ๐๔๐๐๙/๑๒๓", "dated": "20 พ.ย. 2569", "sender": "สพฐ."}
