"""Commands on the organisation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from saraban.contracts import ids
from saraban.contracts.actor import ROLES, Actor
from saraban.contracts.cause import cause_of
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.accounts import LoginTaken
from saraban.contracts.errors.letters import UnknownChoice
from saraban.contracts.events import registry as said
from services.registry.clerk import Clerk
from services.registry.domain.organisation import Organisation
from services.registry.pen import Said, Streams


def name_agency(clerk: Clerk, actor: Actor, command_id: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Name the agency, or change what stands about it."""
    named = said.AgencyNamed(**told)
    return _write(clerk, actor, command_id, cause_of("name_agency", **told), lambda _: named)


def add_unit(clerk: Clerk, actor: Actor, command_id: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Add a unit, or change it."""
    added = said.UnitAdded(**told)

    def decide(organisation: Organisation) -> object:
        if added.parent_id:
            organisation.unit(added.parent_id)
        return added

    return _write(clerk, actor, command_id, cause_of("add_unit", **told), decide)


def appoint_officer(clerk: Clerk, actor: Actor, command_id: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Put an officer into a position, or change it."""
    appointed = said.OfficerAppointed(**{**told, "roles": tuple(told["roles"])})
    for role in appointed.roles:
        if role not in ROLES:
            raise UnknownChoice({"field": "roles", "value": role, "choices": ", ".join(ROLES)})
    if appointed.clearance not in range(4):
        raise UnknownChoice({"field": "clearance", "value": str(appointed.clearance), "choices": "0, 1, 2, 3"})

    def decide(organisation: Organisation) -> object:
        organisation.unit(appointed.unit_id)
        holders = {one.login: one.officer_id for one in organisation.officers.values()}
        if holders.get(appointed.login, appointed.officer_id) != appointed.officer_id:
            raise LoginTaken({"login": appointed.login})
        return appointed

    return _write(clerk, actor, command_id, cause_of("appoint_officer", **told), decide)


def _write(
    clerk: Clerk, actor: Actor, command_id: str, cause: str, decide_one: Callable[[Organisation], object]
) -> dict[str, Any]:
    if not actor.has("administrator", "system"):
        raise NotAllowed

    def decide(streams: Streams) -> list[Said]:
        return [(ids.ORGANISATION_STREAM, decide_one(clerk.chart.seen_by(streams)))]

    return {"position": clerk.write(command_id, actor, cause, decide).position}
