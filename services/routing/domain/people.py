"""Units and officers, and whom an addressee stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from saraban.contracts.errors.routing import (
    NoAddressee,
    NobodyCleared,
    NobodyThere,
    NotCleared,
    UnknownOfficer,
    UnknownUnit,
)
from saraban.contracts.events.routing import Addressee
from saraban.contracts.events.routing import Reader as NewReader
from saraban.contracts.shapes import prepared


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """An officer in their present position."""

    officer_id: str
    name: str
    title: str
    unit_id: str
    clearance: int


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of the agency."""

    unit_id: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The part of the organisation that a decision needs: the units addressed with all their officers, and the
    officers named."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    officers: Mapping[str, Officer] = field(default_factory=dict)

    def name_of(self, addressee: Addressee) -> str:
        """The name of a unit or officer; its id when nobody knows it."""
        known = self.units if addressee.kind == "unit" else self.officers
        return known[addressee.id].name if addressee.id in known else addressee.id

    def officer_name(self, officer_id: str) -> str:
        """The officer's name; the id when nobody knows it."""
        return self.officers[officer_id].name if officer_id in self.officers else officer_id


def readers_for(to: Iterable[Addressee], people: People, secrecy: int) -> tuple[NewReader, ...]:
    """The officers for whom the addressees stand at this moment, each once; named ones before those of units.

    Whoever is named must be cleared to `secrecy`; of a unit, those who are not cleared are left out.
    Raises NoAddressee, UnknownUnit, UnknownOfficer, NotCleared, NobodyThere or NobodyCleared.
    """
    addressees = tuple(to)
    if not addressees:
        raise NoAddressee({"field": "to"})
    named = _named(addressees, people, secrecy)
    units = [_unit(one.id, people) for one in addressees if one.kind == "unit"]
    through = _through_units(units, people, secrecy)
    found = {officer_id: NewReader(officer_id=officer_id, via=via) for officer_id, via in [*through, *named]}
    if not found:
        _explain_nobody(units, people)
    return tuple(sorted(found.values(), key=lambda one: (one.via or "", one.officer_id)))


def _named(addressees: Iterable[Addressee], people: People, secrecy: int) -> list[tuple[str, None]]:
    named = [_officer(one.id, people) for one in addressees if one.kind == "officer"]
    not_cleared = {one.officer_id for one in named if one.clearance < secrecy}
    if not_cleared:
        raise NotCleared({"field": "to", "count": len(not_cleared)})
    return [(one.officer_id, None) for one in named]


def _through_units(units: Iterable[Unit], people: People, secrecy: int) -> list[tuple[str, str]]:
    addressed = {unit.unit_id for unit in units}
    return [
        (one.officer_id, one.unit_id)
        for one in people.officers.values()
        if one.unit_id in addressed and one.clearance >= secrecy
    ]


def _explain_nobody(units: list[Unit], people: People) -> None:
    addressed = {unit.unit_id for unit in units}
    names = {"field": "to", "units": ", ".join(unit.name for unit in units)}
    if any(one.unit_id in addressed for one in people.officers.values()):
        raise NobodyCleared(names)
    raise NobodyThere(names)


def _unit(unit_id: str, people: People) -> Unit:
    if unit_id not in people.units:
        raise UnknownUnit({"field": "to", "unit_id": unit_id})
    return people.units[unit_id]


def _officer(officer_id: str, people: People) -> Officer:
    if officer_id not in people.officers:
        raise UnknownOfficer({"field": "to", "officer_id": officer_id})
    return people.officers[officer_id]
