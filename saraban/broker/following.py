"""What every service that follows the log has in common: the knock, the sweep, parked work, the replay.

class RoutingService(Following):
    name = "routing"
    desk = furnished(bootstrap.furnish)     # the desk has `views` and `follower`
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import msgspec

from saraban import parking
from saraban.broker.bells import every
from saraban.broker.correlation import HEADER, correlated, correlation_id
from saraban.broker.events import hear
from saraban.broker.health import watched
from saraban.broker.rpc import rpc
from saraban.broker.services import Caller
from saraban.broker.threads import in_thread
from saraban.contracts import actor as actors
from saraban.contracts.commit import Commit, unpack
from saraban.contracts.errors import NotAllowed, NotFound, Unavailable
from saraban.follow import Follower, replay
from saraban.journal import journal
from saraban.ports import Views

log = journal(__name__)

REGISTRY = "registry"
LOG_TIMEOUT = 30.0


class FollowingDesk(Protocol):
    """The desk of a service that follows the log."""

    @property
    def views(self) -> Views:
        """The service's views."""

    @property
    def follower(self) -> Follower:
        """What keeps them up."""


class Following:
    """A service that keeps views of the log."""

    desk: FollowingDesk
    health = watched()

    @hear(REGISTRY, "committed")
    def take_commits(self, payload: Mapping[str, Any]) -> None:
        """Commits were written. When they cannot be followed now the sweep will."""
        commits = unpack(payload["commits"])
        try:
            self.desk.follower.knock(commits)
        except Unavailable as error:
            log.warning("left to the sweep", code=error.code)
        if log.is_enabled_for(logging.DEBUG):
            _tell(commits, payload.get("came_under", {}))

    @every("sweep_seconds", bell="sweep")
    def sweep(self) -> None:
        """Look whether a knock was missed."""
        self.desk.follower.sweep()

    @rpc
    def ready(self) -> dict[str, Any]:
        """Whether the service is ready, what it misses, and the log position up to which its views hold everything."""
        return {**self.health.report().wire(), "position": self.desk.follower.position}

    @rpc
    def parked_list(self, actor: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Parked work: `key`, `kind` (`message` or `stream`), `error`, `tries`, `since` and what it is about.

        For administrators."""
        _check(actor)
        return [{"key": key, **doc} for key, doc in in_thread(parking.parked, self.desk.views)]

    @rpc
    def parked_retry(self, actor: Mapping[str, Any], key: str) -> bool:
        """Try parked work again; answers whether it is done. For administrators. Raises NotFound."""
        _check(actor)
        doc = in_thread(self.desk.views.record, parking.TABLE, key)
        if doc is None:
            raise NotFound({"key": key})
        if doc["kind"] == "stream":
            return self.desk.follower.retry(doc["stream"])
        getattr(self, doc["handler"])(doc["payload"])
        return in_thread(self.desk.views.delete_record, parking.TABLE, key)

    @rpc
    def replay_views(self, actor: Mapping[str, Any], *, check_only: bool) -> dict[str, Any]:
        """Rebuild the views from the log and compare, or put the rebuilt ones in place. For administrators."""
        _check(actor)
        found: dict[str, Any] = msgspec.to_builtins(replay(self.desk.follower, check_only=check_only))
        return found


class RegistryLog:
    """The log, as the registry answers for it."""

    def __init__(self, services: Caller) -> None:
        self._services = services

    def read(self, after: int, limit: int) -> list[Commit]:
        """See LogReader."""
        found = self._services.call(REGISTRY, "read_log", timeout=LOG_TIMEOUT, after=after, limit=limit)
        return list(unpack(found))

    def stream(self, name: str, after: int) -> list[Commit]:
        """See LogReader."""
        found = self._services.call(REGISTRY, "read_stream", timeout=LOG_TIMEOUT, stream=name, after=after)
        return list(unpack(found))


def _tell(commits: Iterable[Commit], came_under: Mapping[str, str]) -> None:
    """Journal each commit that a knock told of, under the correlation id of the command that made it."""
    for commit in commits:
        with correlated({HEADER: came_under.get(commit.command_id) or correlation_id()}):
            streams = sorted({event.stream for event in commit.events})
            log.debug("followed", position=commit.position, command_id=commit.command_id, streams=streams)


def _check(actor: Mapping[str, Any]) -> None:
    if not actors.from_wire(actor).has("administrator", "system"):
        raise NotAllowed
