"""What every handler of search works with."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from saraban.child import run_limited
from saraban.claims import Claims
from saraban.contracts.errors.views import ViewBehind
from saraban.follow import Follower
from saraban.ports import SearchIndex, Views
from services.search.splitting import Splitting


class FileStore(Protocol):
    """Intake's files, as search needs them (saraban.files.Files)."""

    def save(self, sha256: str, path: Path) -> None:
        """Copy a stored file to `path`. Raises FileUnknown, ServiceAway."""


class Registry(Protocol):
    """The registry's log, as search needs it."""

    def record(
        self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[Mapping[str, Any]]
    ) -> None:
        """Append the events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Search's views and what keeps them up, the index, the way to files and to the log, and to a child process.
    `split` is how the words of many letters are split; `claims` tell whose turn it is where there are several
    processes, `indexing` is held while letters go into the index, `rebuilding` while another index grows beside it;
    `applied` are log positions that the views took since the indexer last looked. The index is `distrusted` until it
    was made anew; `stopping` ends what takes long."""

    views: Views
    follower: Follower
    index: SearchIndex
    files: FileStore
    registry: Registry
    run: Callable[..., Any] = run_limited
    split: Callable[[], Splitting] = Splitting
    claims: Claims = field(default_factory=Claims)
    indexing: threading.Lock = field(default_factory=threading.Lock)
    rebuilding: threading.Lock = field(default_factory=threading.Lock)
    applied: deque[int] = field(default_factory=deque)
    distrusted: threading.Event = field(default_factory=threading.Event)
    stopping: threading.Event = field(default_factory=threading.Event)

    def caught_up(self, after: int | None, timeout: float = 2.0) -> bool:
        """Let the views reach a log position; answers whether they did within `timeout` seconds."""
        if not after:
            return True
        try:
            self.follower.wait_for(after, timeout)
        except ViewBehind:
            return False
        return True
