"""What every request of the portal has at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from flask import current_app

from saraban.settings import Settings

if TYPE_CHECKING:
    from portal.idempotency import KeysSeen
    from portal.session import Recognitions
    from portal.stream import Hub

SERVICES = ("registry", "routing", "search", "mail", "intake")


class Services(Protocol):
    """The services of the house, reached by RPC."""

    def call(self, service: str, method: str, *, timeout: float = 10.0, **arguments: Any) -> Any:
        """What the service answers. Raises the SarabanError that the service raised, or Unavailable when it does not
        answer within `timeout` seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The portal of one process: the services behind it, its settings and its few memories."""

    services: Services
    settings: Settings
    recognitions: Recognitions
    keys_seen: KeysSeen
    hub: Hub


def window() -> Window:
    """The window that the present request came in by."""
    here: Window = current_app.extensions["saraban"]
    return here
