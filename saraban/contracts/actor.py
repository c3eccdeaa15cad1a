"""Who acts: the person or program behind a command or a query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from saraban.contracts.shapes import prepared, shaped

ROLES = ("registry_clerk", "unit_registry", "officer", "head", "administrator", "auditor")
"""สารบรรณกลาง, สารบรรณหน่วยงาน, เจ้าหน้าที่, หัวหน้า, ผู้ดูแลระบบ, ผู้ตรวจสอบ."""


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An officer, as the registry recognised them. `keys` are the access keys that they hold (see access.py);
    `clearance` the highest secrecy level that they may see, 0 to 3."""

    officer_id: str
    login: str
    name: str
    title: str
    unit_id: str
    roles: tuple[str, ...]
    clearance: int
    keys: tuple[str, ...]

    def has(self, *roles: str) -> bool:
        """Whether the actor holds one of the roles."""
        return any(role in self.roles for role in roles)


SYSTEM = Actor(
    officer_id="system",
    login="system",
    name="ระบบ",
    title="ระบบสารบรรณอิเล็กทรอนิกส์",
    unit_id="",
    roles=("system",),
    clearance=3,
    keys=("role:system",),
)
"""A service that acts by itself, such as the mail bridge."""


def to_wire(actor: Actor) -> dict[str, Any]:
    """The actor as plain values for the broker and the log."""
    plain: dict[str, Any] = msgspec.to_builtins(actor)
    return plain


def from_wire(plain: Mapping[str, Any]) -> Actor:
    """The actor behind wire values. Raises msgspec.ValidationError when the shape is wrong."""
    return shaped(plain, Actor)


def signature(actor: Actor) -> dict[str, Any]:
    """What a commit keeps of its actor: who it was then, without access keys."""
    return {
        "officer_id": actor.officer_id,
        "name": actor.name,
        "title": actor.title,
        "unit_id": actor.unit_id,
    }
