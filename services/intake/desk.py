"""What every handler of intake works with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import msgspec

from saraban.broker.threads import in_thread
from saraban.child import run_limited
from saraban.contracts import codec, ids
from saraban.contracts.errors.log import VersionConflict
from saraban.contracts.ids import new_id
from saraban.ports import Clock, ObjectStore
from saraban.settings import Settings
from services.intake import domain


class Log(Protocol):
    """The registry's log, as intake needs it."""

    def record(
        self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[Mapping[str, Any]]
    ) -> None:
        """Append the events. Raises VersionConflict when a stream has moved on."""

    def stream(self, name: str) -> tuple[int, Sequence[object]]:
        """The version of a stream, 0 for none, and its decoded events in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The objects, the log, the clock, the settings, the key of the tickets, and the way to run a child process."""

    objects: ObjectStore
    log: Log
    clock: Clock
    settings: Settings
    secret: bytes = field(repr=False)
    run: Callable[..., Any] = run_limited

    def file(self, sha256: str) -> domain.File:
        """What is known of a file."""
        return domain.fold(*self.log.stream(ids.file_stream(sha256)))

    def say(
        self, stream: str, happened: object, actor: Mapping[str, Any], cause: str, *, behind: int | None = None
    ) -> bool:
        """Append an event, behind version `behind` when that is given. False when another was faster."""
        recorded = [codec.encode(stream, 0 if behind is None else behind + 1, happened)]
        try:
            self.log.record(new_id(), actor, cause, [msgspec.to_builtins(one) for one in recorded])
        except VersionConflict:
            return False
        return True

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """The path of a file to come, which is gone afterwards unless it became an object."""
        path = Path(self.objects.scratch()) / new_id()
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def at_hand(self, key: str) -> Iterator[str]:
        """The path of a local file with an object's bytes, which may have to be fetched. Raises FileUnknown."""
        with ExitStack() as opened:
            yield in_thread(opened.enter_context, self.objects.at_hand(key))

    def adopt(self, path: Path, key: str) -> None:
        """Make a finished scratch file an object. Raises StoreFull."""
        in_thread(self.objects.adopt, str(path), key)

    @property
    def assets(self) -> str:
        """Where the typeface is."""
        return str(self.settings.assets_folder.resolve())
