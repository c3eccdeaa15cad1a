"""The engines that the suite is run on, by name. `location` is where an engine keeps its log: a folder, or a URL that
names a database of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from saraban.engines.event_store.memory import MemoryEventStore
from saraban.engines.event_store.sqlite import SqliteEventStore
from saraban.ports import EventStore
from tests.engines import mongodb

LASTING: list[Any] = ["sqlite", pytest.param("mongodb", marks=pytest.mark.servers)]
"""Engines whose log outlives the process and may be written by several."""

ALL = ["memory", *LASTING]


def open_store(engine: str, location: str) -> EventStore:
    """One more handle on the log of a lasting engine, as another process would open it."""
    if engine == "mongodb":
        from saraban.engines.event_store.mongo import MongoEventStore

        return MongoEventStore(location)
    assert engine == "sqlite"
    return SqliteEventStore(Path(location) / "log.db")


@dataclass
class Log:
    """One log under test, and all the handles that a test opens on it."""

    engine: str
    location: str
    handles: list[EventStore] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.engine == "mongodb":
            self.location = mongodb.fresh_database()

    def open(self) -> EventStore:
        """A handle on the log; a log in memory has only one."""
        if self.engine != "memory":
            self.handles.append(open_store(self.engine, self.location))
        elif not self.handles:
            self.handles.append(MemoryEventStore())
        return self.handles[-1]

    def close(self) -> None:
        for handle in self.handles:
            handle.close()
        self.handles.clear()
        if self.engine == "mongodb":
            mongodb.drop(self.location)
