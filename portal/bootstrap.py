"""Furnishing the portal: settings and the way to the services in, a working application out."""

from __future__ import annotations

from dataclasses import dataclass

from flask_openapi3.openapi import OpenAPI

from portal import health
from portal.app import create_app
from portal.stream import Hub
from portal.window import Services
from saraban import wiring
from saraban.broker.desk import Office
from saraban.files import Files
from saraban.health import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalDesk:
    """What the portal's entry points work with: the application, and the hub of its open pages."""

    app: OpenAPI
    hub: Hub
    services: Services

    def needs(self) -> tuple[Need, ...]:
        """What the portal cannot do without."""
        return health.needs(self.services)

    def close(self) -> None:
        """Let the open pages go."""
        self.hub.close()


def furnish(office: Office) -> PortalDesk:
    """The portal over the services of this office."""
    settings, hub = office.settings, Hub()
    files = Files(settings.intake_address(), wiring.secret(settings), wiring.MachineClock())
    app = create_app(office.services, settings, files, hub)
    return PortalDesk(app=app, hub=hub, services=office.services)
