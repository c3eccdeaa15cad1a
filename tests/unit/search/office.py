"""Search at work in one process: the real desk, follower and indexer over the memory log, views and index."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from saraban.contracts import codec, ids
from saraban.contracts.actor import SYSTEM, signature
from saraban.contracts.commit import Commit, Draft, RecordedEvent
from saraban.contracts.errors.files import FileUnknown
from saraban.contracts.events.intake import FileStored
from saraban.contracts.events.registry import LetterArrived
from saraban.contracts.letters import FileRef, Particulars
from saraban.engines.event_store.memory import MemoryEventStore
from saraban.engines.search_index.memory import MemorySearchIndex
from saraban.engines.views.memory import MemoryViews
from saraban.follow import Follower, Happened
from saraban.ports import SearchIndex, Views
from services.search.commands import FindLetters, ReadFile
from services.search.desk import Desk
from services.search.domain.file_text import FileText
from services.search.handlers import find_letters, index_changed, read_file
from services.search.views import FILES, YES, projections, text_of
from tests.builders import FLOOD, actor

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def called_here(function: str, *args: Any, **_limits: Any) -> Any:
    """What a child process would do, done in this one."""
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)(*args)


@dataclass
class Log:
    """The log as the registry answers for it. Each commit comes a minute after the one before."""

    store: MemoryEventStore = field(default_factory=MemoryEventStore)

    def record(self, command_id: str, by: Mapping[str, Any], cause: str, events: Sequence[Mapping[str, Any]]) -> None:
        recorded = [msgspec.convert(one, RecordedEvent) for one in events]
        placed = [self._placed(one) for one in recorded]
        at = (MONDAY + timedelta(minutes=self.store.head().position)).isoformat(timespec="microseconds")
        self.store.append([Draft(command_id=command_id, at=at, actor=by, cause=cause, events=tuple(placed))])

    def _placed(self, one: RecordedEvent) -> RecordedEvent:
        version = one.version or self.store.versions([one.stream])[one.stream] + 1
        return RecordedEvent(
            stream=one.stream, version=version, type=one.type, type_version=one.type_version, data=one.data
        )

    def read(self, after: int, limit: int) -> list[Commit]:
        return self.store.read(after, limit)

    def stream(self, name: str, after: int) -> list[Commit]:
        return self.store.commits_of_stream(name, after)


class Files:
    """Intake's files."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.asked: list[str] = []

    def save(self, sha256: str, path: Path) -> None:
        self.asked.append(sha256)
        if sha256 not in self.kept:
            raise FileUnknown({"sha256": sha256})
        path.write_bytes(self.kept[sha256])


@dataclass
class Office:
    log: Log = field(default_factory=Log)
    views: Views = field(default_factory=MemoryViews)
    index: SearchIndex = field(default_factory=MemorySearchIndex)
    files: Files = field(default_factory=Files)
    run: Any = called_here

    def __post_init__(self) -> None:
        self._numbers = count(1)
        follower = Follower("search", self.views, self.log, projections(), on_applied=self._heed)
        self.desk = Desk(
            views=self.views,
            follower=follower,
            index=self.index,
            files=self.files,
            registry=self.log,
            run=self.run,
        )

    def _heed(self, happened: Sequence[Happened]) -> None:
        self.desk.applied.append(min(one.position for one in happened))

    def say(self, stream: str, *events: object) -> int:
        """Somebody says something; answers the log position reached."""
        recorded = [msgspec.to_builtins(codec.encode(stream, 0, one)) for one in events]
        for one in recorded:
            self.log.record(f"c{next(self._numbers)}", signature(SYSTEM), "test", [one])
        return self.log.store.head().position

    def say_of(self, letter_id: str, *events: object) -> int:
        return self.say(ids.letter_stream(letter_id), *events)

    def store(self, content: bytes, media_type: str, name: str = "หนังสือ.pdf") -> FileRef:
        """A file comes to intake."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.files.kept[sha256] = content
        size = len(content)
        self.say(ids.file_stream(sha256), FileStored(sha256=sha256, size=size, name=name, media_type=media_type))
        return FileRef(sha256=sha256, name=name, media_type=media_type, size=size)

    def arrive(self, letter_id: str = "flood", particulars: Particulars = FLOOD, files: Sequence[FileRef] = ()) -> str:
        """A letter lies in the tray of the central registry."""
        at = (MONDAY + timedelta(minutes=self.log.store.head().position)).isoformat()
        self.say_of(
            letter_id,
            LetterArrived(
                letter_id=letter_id, channel="upload", arrived_at=at, particulars=particulars, files=tuple(files)
            ),
        )
        return letter_id

    def letter_with(self, content: bytes, media_type: str, letter_id: str = "flood", **changed: Any) -> FileText:
        """A letter arrives with one file, and the file is read."""
        file = self.store(content, media_type)
        self.arrive(letter_id, files=[file], **changed)
        self.work()
        text = text_of(self.views, file.sha256)
        assert text is not None
        return text

    def work(self) -> None:
        """Do everything that is to be done by now."""
        self.desk.follower.sweep()
        for file in self.views.find(FILES, "waiting", YES, limit=1000):
            read_file(self.desk, ReadFile(sha256=file.key))
        self.desk.follower.sweep()
        index_changed(self.desk)

    def find(self, words: str, by: str = "somsri", after: int | None = None, **how: Any) -> dict[str, Any]:
        return find_letters(self.desk, actor(by), FindLetters(words=words, **how), after)

    def found(self, words: str, by: str = "somsri", **how: Any) -> list[str]:
        """The ids of the letters found, after checking that the count says the same."""
        answer = self.find(words, by, **how)
        assert answer["total"] == len(answer["hits"])
        return [hit["letter_id"] for hit in answer["hits"]]
