"""Calls on the organisation."""

from __future__ import annotations

from typing import Any

from saraban.broker.rpc import rpc
from saraban.broker.threads import in_thread
from saraban.contracts.actor import from_wire
from services.registry import queries
from services.registry.bootstrap import Registry
from services.registry.handlers import organisation

Wire = dict[str, Any]


class OrganisationCalls:
    """Agency, units, officers."""

    desk: Registry

    @rpc
    def organisation(self, actor: Wire, after: int | None = None) -> Wire:
        """Agency, units and officers."""
        self.desk.caught_up(after)
        return in_thread(queries.organisation, self.desk.views, from_wire(actor))

    @rpc
    def name_agency(self, actor: Wire, command_id: str, **told: Any) -> Wire:
        """Name the agency."""
        return organisation.name_agency(self.desk.clerk, from_wire(actor), command_id, told)

    @rpc
    def add_unit(self, actor: Wire, command_id: str, **told: Any) -> Wire:
        """Add or change a unit."""
        return organisation.add_unit(self.desk.clerk, from_wire(actor), command_id, told)

    @rpc
    def appoint_officer(self, actor: Wire, command_id: str, password: str | None = None, **told: Any) -> Wire:
        """Appoint an officer, or change the position; a password opens the account or replaces the old one."""
        who = from_wire(actor)
        if password:
            self.desk.accounts.check_password(password)
        done = organisation.appoint_officer(self.desk.clerk, who, command_id, told)
        if password:
            self.desk.accounts.set_password(told["login"], told["officer_id"], password)
        return done
