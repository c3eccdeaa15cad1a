"""Filling an empty system with the demo: through the same calls that officers' pages make."""

from __future__ import annotations

from saraban.broker.services import Caller
from saraban.contracts.actor import SYSTEM, to_wire
from saraban.demo.organisation import AGENCY, DEMO_PASSWORD, officers, units
from saraban.settings import Settings


def seed(services: Caller, settings: Settings) -> None:
    """The demo agency, its officers and its letters. Interrupted and repeated, it goes on where it stopped."""
    _organise(services)


def _organise(services: Caller) -> None:
    actor = to_wire(SYSTEM)
    services.call("registry", "name_agency", actor=actor, command_id="demo:agency", **AGENCY)
    for unit in units():
        services.call("registry", "add_unit", actor=actor, command_id=f"demo:unit:{unit['unit_id']}", **unit)
    for officer in officers():
        command_id = f"demo:officer:{officer['officer_id']}"
        services.call(
            "registry", "appoint_officer", actor=actor, command_id=command_id, password=DEMO_PASSWORD, **officer
        )
