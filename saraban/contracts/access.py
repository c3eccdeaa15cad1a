"""Who may see a letter: one rule, used by every service over the same events.

A letter has an audience, a set of access keys that grows with what happens to it, and a secrecy level. An officer
holds access keys. They may see the letter when one key is in the audience and their clearance reaches its level.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from saraban.contracts.actor import Actor
from saraban.contracts.events import registry as said_by_registry
from saraban.contracts.events import routing as said_by_routing
from saraban.contracts.letters import secrecy_level

CENTRAL = "role:registry_clerk"
AUDIT = "role:auditor"
SYSTEM = "role:system"


def officer_key(officer_id: str) -> str:
    """The access key of one officer."""
    return f"officer:{officer_id}"


def unit_key(unit_id: str) -> str:
    """The access key of everyone in a unit, and of its heads."""
    return f"unit:{unit_id}"


def addressee_key(addressee: said_by_routing.Addressee) -> str:
    """The access key that a circulation or an order to this addressee opens a letter to."""
    return unit_key(addressee.id) if addressee.kind == "unit" else officer_key(addressee.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The access keys that open a letter, and its secrecy level 0 to 3."""

    keys: frozenset[str] = frozenset({SYSTEM})
    secrecy: int = 0

    def opened_to(self, keys: Iterable[str]) -> Audience:
        """The same with more keys."""
        return replace(self, keys=self.keys | set(keys))


def may_see(actor: Actor, audience: Audience) -> bool:
    """Whether the actor holds a key to the letter and is cleared to its level."""
    return actor.clearance >= audience.secrecy and not audience.keys.isdisjoint(actor.keys)


def evolve_audience(audience: Audience, happened: object) -> Audience:
    """The audience after one more event of the letter's stream."""
    match happened:
        case said_by_registry.LetterArrived():
            return _classed(audience, happened.particulars.secrecy).opened_to((CENTRAL, AUDIT))
        case said_by_registry.LetterDrafted():
            keys = (unit_key(happened.unit_id), officer_key(happened.drafted_by))
            return _classed(audience, happened.particulars.secrecy).opened_to(keys)
        case said_by_registry.ParticularsCorrected() | said_by_registry.DraftRevised():
            return _classed(audience, happened.particulars.secrecy)
        case said_by_registry.DraftPresented():
            return audience.opened_to((officer_key(happened.to_officer_id),))
        case said_by_registry.LetterNumbered():
            return audience.opened_to((CENTRAL, AUDIT))
        case said_by_registry.LetterRegistered():
            return audience.opened_to((unit_key(happened.unit_id),))
        case said_by_routing.LetterCirculated():
            return audience.opened_to(_circulated_to(happened))
        case said_by_routing.ActionOrdered():
            return audience.opened_to((addressee_key(happened.to),))
        case _:
            return audience


def audience_to_wire(audience: Audience) -> dict[str, object]:
    """The audience as a view keeps it."""
    return {"keys": sorted(audience.keys), "secrecy": audience.secrecy}


def audience_from(keys: Collection[str], secrecy: int) -> Audience:
    """The audience that a view kept."""
    return Audience(keys=frozenset(keys), secrecy=secrecy)


def _classed(audience: Audience, secrecy: str) -> Audience:
    return replace(audience, secrecy=secrecy_level(secrecy))


def _circulated_to(happened: said_by_routing.LetterCirculated) -> set[str]:
    named = {officer_key(reader.officer_id) for reader in happened.readers if reader.via is None}
    return named | {addressee_key(one) for one in happened.addressees}
