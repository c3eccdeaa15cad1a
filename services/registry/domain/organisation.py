"""The organisation: agency, units, officers, and the access keys that an officer holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from saraban.contracts.access import AUDIT, CENTRAL, officer_key, unit_key
from saraban.contracts.actor import Actor
from saraban.contracts.errors.letters import OfficerNotFound, UnitNotFound
from saraban.contracts.events import registry as said


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Everyone and every unit, by id."""

    agency: said.AgencyNamed | None = None
    units: dict[str, said.UnitAdded] = field(default_factory=dict)
    officers: dict[str, said.OfficerAppointed] = field(default_factory=dict)

    def unit(self, unit_id: str) -> said.UnitAdded:
        """The unit. Raises UnitNotFound."""
        if unit_id not in self.units:
            raise UnitNotFound({"unit_id": unit_id})
        return self.units[unit_id]

    def officer(self, officer_id: str) -> said.OfficerAppointed:
        """The officer. Raises OfficerNotFound."""
        if officer_id not in self.officers:
            raise OfficerNotFound({"officer_id": officer_id})
        return self.officers[officer_id]

    def central_unit(self) -> said.UnitAdded:
        """The unit of the central registry. Raises UnitNotFound when none was named."""
        for unit in self.units.values():
            if unit.central:
                return unit
        raise UnitNotFound({"unit_id": "central"})

    def below(self, unit_id: str) -> set[str]:
        """The unit and every unit under it, at any depth."""
        found = {unit_id}
        grown = True
        while grown:
            more = {one.unit_id for one in self.units.values() if one.parent_id in found} - found
            found |= more
            grown = bool(more)
        return found


def fold(happened: Iterable[object], known: Organisation | None = None) -> Organisation:
    """The organisation after these events, behind what was known of it: all of them in one go, so that 10,000 officers
    cost one copy of it and not 10,000."""
    known = known or Organisation()
    agency, units, officers = known.agency, dict(known.units), dict(known.officers)
    for one in happened:
        match one:
            case said.AgencyNamed():
                agency = one
            case said.UnitAdded():
                units[one.unit_id] = one
            case said.OfficerAppointed():
                officers[one.officer_id] = one
    return Organisation(agency=agency, units=units, officers=officers)


def actor_of(officer: said.OfficerAppointed, organisation: Organisation) -> Actor:
    """The officer as an actor, with the access keys that position and roles give: their own, their unit's, for a head
    those of all units below, for the central registry and auditors those of the role."""
    units = organisation.below(officer.unit_id) if "head" in officer.roles else {officer.unit_id}
    keys = [officer_key(officer.officer_id), *(unit_key(unit_id) for unit_id in sorted(units))]
    keys += [CENTRAL] if "registry_clerk" in officer.roles else []
    keys += [AUDIT] if "auditor" in officer.roles else []
    return Actor(
        officer_id=officer.officer_id,
        login=officer.login,
        name=officer.name,
        title=officer.title,
        unit_id=officer.unit_id,
        roles=officer.roles,
        clearance=officer.clearance,
        keys=tuple(keys),
    )
