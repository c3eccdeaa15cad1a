"""What every request of the portal has at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from flask import current_app

from saraban.contracts.actor import Actor
from saraban.files import Readable, Relayed
from saraban.health import Readiness
from saraban.settings import Settings

if TYPE_CHECKING:
    from portal.session import Recognitions
    from portal.stream import Hub

SERVICES = ("registry", "routing", "search", "mail", "intake")


class Services(Protocol):
    """The services of the house, reached by RPC."""

    def call(self, service: str, method: str, *, timeout: float = 10.0, **arguments: Any) -> Any:
        """What the service answers. Raises the SarabanError that the service raised, or Unavailable when it does not
        answer within `timeout` seconds."""


class FileStore(Protocol):
    """Intake's files (see saraban/files.py)."""

    def put(
        self,
        stream: Readable | Iterable[bytes],
        *,
        name: str,
        media_type: str = "",
        actor: Actor = ...,
        size: int | None = None,
        limit: int | None = None,
    ) -> dict[str, Any]:
        """Store a file."""

    def relay(self, path: str, range_header: str | None = None) -> Relayed:
        """Intake's answer to a path with its ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The portal of one process: the services and files behind it, its settings and its few memories."""

    services: Services
    settings: Settings
    files: FileStore
    recognitions: Recognitions
    hub: Hub
    readiness: Readiness


def window() -> Window:
    """The window that the present request came in by."""
    here: Window = current_app.extensions["saraban"]
    return here
