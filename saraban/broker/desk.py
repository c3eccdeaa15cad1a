"""What a service works with: one desk for each process, furnished when the service starts and cleared when it stops.

    class RoutingService:
        name = "routing"
        desk = furnished(bootstrap.furnish)     # furnish(office: Office) -> Desk

Workers find the desk as `self.desk`. It is cleared after the last worker has finished.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from nameko.extensions import DependencyProvider

from saraban.broker.config import SETTINGS
from saraban.broker.publisher import Publisher
from saraban.broker.services import Caller, Replies
from saraban.journal import journal
from saraban.settings import Settings

log = journal(__name__)


class Desk(Protocol):
    """What a service has made of its office. One whose events are heard has `views` too: parked work is kept there."""

    def close(self) -> None:
        """Let go of everything."""


D = TypeVar("D", bound=Desk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What every service finds. `services` calls other services. `publish(event_type, payload)` returns when the
    broker has the message. `ring(bell)` wakes the work that hangs on that bell (see bells.py)."""

    service: str
    settings: Settings
    services: Caller
    publish: Callable[[str, Mapping[str, Any]], None]
    ring: Callable[[str], None]


class DeskProvider(DependencyProvider):
    """Keeps one service's desk."""

    replies = Replies()
    desk: Any = None

    def __init__(self, furnish: Callable[[Office], Desk]) -> None:
        self._furnish = furnish

    def setup(self) -> None:
        """Furnish the desk."""
        container = self.container
        office = Office(
            service=container.service_name,
            settings=container.config[SETTINGS],
            services=self.replies,
            publish=Publisher(container.service_name, container.config).publish,
            ring=lambda bell: container.bells[bell].ring(),
        )
        self.desk = self._furnish(office)

    def stop(self) -> None:
        """Clear the desk."""
        if self.desk is not None:
            self.desk.close()

    def kill(self) -> None:
        """Clear the desk whatever it says to that."""
        try:
            self.stop()
        except Exception:
            log.exception("desk not cleared", service=self.container.service_name)

    def get_dependency(self, worker_ctx: Any) -> Any:  # noqa: ARG002
        """The one desk, for every worker."""
        return self.desk


def furnished(furnish: Callable[[Office], D]) -> D:
    """Declare the desk of a service class; `furnish` makes it when the service starts."""
    return cast("D", DeskProvider(furnish))


def desk_of(container: Any) -> Any:
    """The desk of the service that a container runs. Raises LookupError when its class declares none."""
    for dependency in container.dependencies:
        if isinstance(dependency, DeskProvider):
            return dependency.desk
    message = f"{container.service_name} has no desk"
    raise LookupError(message)
