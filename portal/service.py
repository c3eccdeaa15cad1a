"""The portal's entry points: HTTP, and the knocks that open pages are waiting for."""

from __future__ import annotations

from typing import Any

from portal.bootstrap import PortalDesk, furnish
from saraban.broker.desk import furnished
from saraban.broker.events import hear
from saraban.broker.health import watched
from saraban.broker.http import WsgiMount


class PortalService:
    """The service `portal`."""

    name = "portal"
    desk = furnished(furnish)
    health = watched()
    web = WsgiMount(lambda desk: desk.app, lambda settings: (settings.host, settings.port))

    @hear("routing", "inbox_changed", broadcast=True)
    def tell_open_pages(self, payload: dict[str, Any]) -> None:
        """The inboxes of officers, or of everyone in a unit, have changed."""
        desk: PortalDesk = self.desk
        desk.hub.inbox_changed(payload["officer_ids"], payload["unit_ids"], payload["letter_id"])

    @hear("routing", "letters_changed", broadcast=True)
    def tell_pages_of_letters(self, payload: dict[str, Any]) -> None:
        """Letters have moved on."""
        desk: PortalDesk = self.desk
        desk.hub.letters_changed(payload["letters"])
