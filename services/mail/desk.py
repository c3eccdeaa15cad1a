"""The desk: what every act of mail works with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Protocol

from saraban.broker.threads import in_thread
from saraban.claims import Claims
from saraban.contracts import codec
from saraban.contracts.actor import Actor, signature
from saraban.contracts.commit import Commit, RecordedEvent
from saraban.contracts.errors.views import ViewBehind
from saraban.follow import Follower
from saraban.health import Need, needs
from saraban.metrics import Figure
from saraban.ports import Clock, Mailbox, Postman, Views
from saraban.settings import Settings
from services.mail.understanding.tree import Limits
from services.mail.views import shelves

OUTBOX_COUNTED = 10_000
"""How far the outbox is counted; more is not told apart."""

Said = tuple[str, int, object]
"""An event for a stream at a version; version 0 asks for the stream's next one, whichever that is."""


class Registry(Protocol):
    """The registry, as mail calls it."""

    def arrive(self, actor: Actor, command_id: str, letter: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep a letter; answers {letter_id, position}. The same command again answers the same."""

    def record(self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[RecordedEvent]) -> Commit:
        """Append the events; the same command again answers its first commit. Raises VersionConflict."""

    def stream_versions(self, streams: Sequence[str]) -> Mapping[str, int]:
        """The head version of each stream; 0 for one that is not there."""

    def commits(self, stream: str) -> Sequence[Commit]:
        """Every commit that holds an event of the stream, in order."""

    def head(self) -> int:
        """The position of the last commit."""


class FileStore(Protocol):
    """Intake's files, as mail hands them over and gets them (see saraban.files.Files)."""

    def put(
        self,
        stream: BinaryIO | Iterable[bytes],
        *,
        name: str,
        media_type: str = "",
        size: int | None = None,
        any_type: bool = False,
    ) -> dict[str, Any]:
        """Store a file and answer {sha256, name, media_type, size, duplicate}."""

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a stored file, piece by piece."""


@dataclass(slots=True)
class Box:
    """What is remembered of the mailbox between two looks: how often a mail failed, and which are left alone for as
    long as this process lives; how the last look went, and when one last went `well`. Whoever reads a large mail holds
    `large`, so that only one lies in memory."""

    failures: dict[str, int] = field(default_factory=dict)
    left_alone: dict[str, str] = field(default_factory=dict)
    checked: Mapping[str, Any] | None = None
    well: datetime | None = None
    large: threading.Lock = field(default_factory=threading.Lock)


@dataclass(slots=True, kw_only=True)
class Desk:
    """Mail's views, what keeps them up, the mailbox and the postman, and the ways to registry and intake. `ring` wakes
    work that waits for its bell: `mailbox` or `outbox`. `claims` tell who takes which mail where there are several
    processes."""

    views: Views
    follower: Follower
    registry: Registry
    files: FileStore
    mailbox: Mailbox
    postman: Postman
    clock: Clock
    settings: Settings
    secret: bytes = field(repr=False)
    ring: Callable[[str], None] = lambda _: None
    box: Box = field(default_factory=Box)
    claims: Claims = field(default_factory=Claims)

    @property
    def limits(self) -> Limits:
        """How much of a mail is read."""
        return Limits(size=self.settings.mail_limit)

    def now(self) -> str:
        """The present moment, ISO in UTC, as commits write it."""
        return self.clock.now().isoformat(timespec="microseconds")

    def say(self, command_id: str, actor: Actor, cause: str, said: Sequence[Said]) -> Commit:
        """Have the registry record what happened; the views take it up when it knocks. Raises VersionConflict."""
        recorded = [codec.encode(stream, version, happened) for stream, version, happened in said]
        return self.registry.record(command_id, signature(actor), cause, recorded)

    def caught_up(self, after: int | None, timeout: float = 2.0) -> None:
        """Let the views reach a log position; after `timeout` seconds they answer with what they have."""
        if after is None:
            return
        try:
            self.follower.wait_for(after, timeout)
        except ViewBehind:
            return

    def abreast(self) -> None:
        """Bring the views up to the end of the log. Raises Unavailable."""
        head = self.registry.head()
        if self.follower.position < head:
            with self.follower.turn():
                self.follower.catch_up(head)

    def note(self, table: str, key: str, doc: Mapping[str, Any]) -> None:
        """Keep a record beside the views."""
        in_thread(self.views.put_record, table, key, dict(doc))

    def figures(self) -> Iterator[Figure]:
        """When the mailbox was last read without trouble, and how much has still to leave."""
        last = self.box.checked
        if last is not None and last["ok"]:
            self.box.well = datetime.fromisoformat(last["mail_checked_at"])
        if self.box.well is not None:
            yield Figure(name="saraban_mail_checked_timestamp_seconds", value=self.box.well.timestamp())
        waiting = in_thread(self.views.count, shelves.OUTBOX, "due", ["due"], most=OUTBOX_COUNTED)
        yield Figure(name="saraban_mail_outbox", value=waiting)

    def needs(self) -> tuple[Need, ...]:
        """What mail needs, beside its views."""
        return (needs.mailbox(lambda: self.box.checked),)

    def close(self) -> None:
        """Let go of the views."""
        self.follower.close()
        self.views.close()
