"""Calls on the log, for fellow services."""

from __future__ import annotations

from typing import Any

from saraban.broker.bells import every
from saraban.broker.rpc import rpc
from saraban.broker.threads import in_thread
from saraban.contracts.commit import pack, to_wire
from services.registry.bootstrap import Registry
from services.registry.handlers.record import record
from services.registry.knocks import BELL

Wire = dict[str, Any]


class LogCalls:
    """Appending, reading and telling of it."""

    desk: Registry

    @rpc
    def record(self, command_id: str, actor: Wire, cause: str | None, events: list[Wire]) -> Wire:
        """Append what a fellow service says; answers the commit."""
        return to_wire(record(self.desk.clerk, command_id, actor, cause, events))

    @rpc
    def read_log(self, after: int, limit: int) -> str:
        """Commits behind a position, in order, packed."""
        return pack(in_thread(self.desk.store.read, after, limit))

    @rpc
    def read_stream(self, stream: str, after: int = 0) -> str:
        """The commits that hold events of one stream behind a version, in order, packed."""
        return pack(in_thread(self.desk.store.commits_of_stream, stream, after))

    @rpc
    def stream_versions(self, streams: list[str]) -> dict[str, int]:
        """The head version of each stream."""
        return in_thread(self.desk.store.versions, streams)

    @rpc
    def head(self) -> Wire:
        """The end of the log."""
        head = in_thread(self.desk.store.head)
        return {"position": head.position, "hash": head.hash}

    @every("sweep_seconds", bell=BELL)
    def knock(self) -> None:
        """Tell everyone who follows the log of what was written."""
        self.desk.knocks.send()
