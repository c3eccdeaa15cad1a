"""A small agency whose system is backed up: letters about a flood, their files, an account."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime

from saraban.backup import System
from saraban.contracts.commit import Commit, Draft, RecordedEvent
from saraban.engines.event_store.memory import MemoryEventStore
from saraban.engines.mailbox.memory import MemoryMailbox
from saraban.engines.object_store.memory import MemoryObjectStore
from saraban.engines.views.memory import MemoryViews

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOMSRI = {"officer_id": "somsri", "name": "นางสมศรี ใจเย็น"}
ACCOUNT = {"officer_id": "somsri", "hash": "$argon2id$…"}


class Agency:
    """A system in memory. `delivered` are the mails that a restore put into its Maildir."""

    def __init__(self) -> None:
        self.views: dict[str, MemoryViews] = {}
        self.mailbox = MemoryMailbox()
        self.delivered: list[bytes] = []
        self.letters = 0
        self.system = System(
            log=MemoryEventStore(),
            objects=MemoryObjectStore(),
            views=lambda service: self.views.setdefault(service, MemoryViews()),
            waiting=self.mailbox,
            settle_seconds=0,
            deliver=lambda path: self.delivered.append(path.read_bytes()),
        )

    def receive(self, content: bytes = b"%PDF-1.7 flood", *, with_file: bool = True) -> str:
        """A letter comes with a file; answers the file's SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        if with_file and self.system.objects.stat(sha256) is None:
            self.system.objects.put(sha256, io.BytesIO(content))
        self.letters += 1
        self.say(f"file:{sha256}:{self.letters}", "file.stored", sha256=sha256, size=len(content))
        self.say(f"letter:{self.letters}", "letter.arrived", subject="ขอความช่วยเหลือครูผู้ประสบอุทกภัย")
        return sha256

    def say(self, stream: str, name: str, **data: object) -> None:
        event = RecordedEvent(stream=stream, version=1, type=name, type_version=1, data=data)
        command = f"{stream}:{name}"
        draft = Draft(command_id=command, at=NINE.isoformat(), actor=SOMSRI, cause="receive", events=(event,))
        (outcome,) = self.system.log.append([draft])
        assert isinstance(outcome, Commit)

    def open_account(self, login: str = "somsri") -> None:
        self.system.records_of("registry").put_record("credentials", login, ACCOUNT)

    def commits(self) -> list[Commit]:
        return self.system.log.read(0, 1_000_000)
