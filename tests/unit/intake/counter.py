"""An intake counter for tests: real handlers and a real HTTP app over a log and objects in memory or in a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from saraban import tickets
from saraban.contracts import codec, ids
from saraban.contracts.actor import SYSTEM, Actor
from saraban.contracts.errors import SarabanError
from saraban.contracts.errors.log import VersionConflict
from saraban.engines.object_store.folder import FolderObjectStore
from saraban.ports import ObjectStore
from saraban.settings import Settings
from services.intake.commands import ExamineFile
from services.intake.desk import Desk
from services.intake.handlers.examine import examine_file
from services.intake.web import create_app

ASSETS = Path(__file__).parents[3] / "node_modules"
SECRET = b"a secret of the tests"
PDF = "application/pdf"


@dataclass
class StandingClock:
    moment: datetime = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@dataclass
class Notebook:
    """A log of decoded events by stream; `away` makes it unreachable."""

    streams: dict[str, list[object]] = field(default_factory=dict)
    senders: list[Mapping[str, Any]] = field(default_factory=list)
    away: SarabanError | None = None

    def record(
        self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[Mapping[str, Any]]
    ) -> None:
        if self.away:
            raise self.away
        for one in events:
            stream = self.streams.setdefault(one["stream"], [])
            if one["version"] not in {0, len(stream) + 1}:
                raise VersionConflict({"stream": one["stream"]})
            stream.append(codec.decode(one["type"], one["type_version"], one["data"]))
        self.senders.append(actor)

    def stream(self, name: str) -> tuple[int, Sequence[object]]:
        events = self.streams.get(name, [])
        return len(events), list(events)

    def events(self, name: str) -> Sequence[object]:
        return self.stream(name)[1]


class Counter:
    def __init__(self, folder: Path, objects: ObjectStore | None = None, **settings: Any) -> None:
        self.clock = StandingClock()
        self.log = Notebook()
        self.objects = objects or FolderObjectStore(folder)
        self.settings = Settings(assets_folder=ASSETS, **settings)
        self.desk = Desk(objects=self.objects, log=self.log, clock=self.clock, settings=self.settings, secret=SECRET)
        self.client: FlaskClient = create_app(self.desk).test_client()

    def upload(
        self, content: Any, name: str = "หนังสือ.pdf", declared: str = PDF, *, actor: Actor = SYSTEM, **how: Any
    ) -> TestResponse:
        allowed = {name: how.pop(name) for name in ("max_bytes", "any_type") if name in how}
        ticket = tickets.store_ticket(SECRET, self.clock.now(), actor=actor, **allowed)
        path = f"/files?ticket={ticket}&name={quote(name)}"
        return self.client.post(path, data=content, content_type=declared, **how)

    def stored(self, content: bytes, name: str = "หนังสือ.pdf", declared: str = PDF) -> str:
        response = self.upload(content, name, declared)
        assert response.status_code == 201, response.json
        return response.json["sha256"]

    def examined(self, content: bytes, name: str = "หนังสือ.pdf", declared: str = PDF) -> object:
        sha256 = self.stored(content, name, declared)
        examine_file(ExamineFile(sha256=sha256), self.desk)
        return self.log.events(ids.file_stream(sha256))[-1]

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def file_path(self, sha256: str, **how: Any) -> str:
        return tickets.file_path(SECRET, self.clock.now(), sha256, **how)

    def later(self, seconds: float) -> None:
        self.clock.moment += timedelta(seconds=seconds)

    @property
    def keys(self) -> list[str]:
        return list(self.objects.keys())

    @property
    def scraps(self) -> list[Path]:
        return list(Path(self.objects.scratch()).iterdir())
