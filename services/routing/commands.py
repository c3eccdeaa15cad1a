"""What routing can be told to do. Values are read and checked already (see forms.py)."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts.events.routing import Addressee


@dataclass(frozen=True, slots=True, kw_only=True)
class Circulate:
    """Let units and officers read a letter (เวียน)."""

    letter_id: str
    circulation_id: str
    to: tuple[Addressee, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRead:
    """Say that the officer has the letter open."""

    letter_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Say that the officer takes note of the letter (ทราบ)."""

    letter_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What someone must do: `order` is one of ORDERS, `due` an ISO date."""

    action_id: str
    order: str
    to: Addressee
    due: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorse:
    """Write on the letter (เกษียน), with or without an order."""

    letter_id: str
    endorsement_id: str
    text: str
    order: Order | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkActionDone:
    """Say that what was ordered is done."""

    letter_id: str
    action_id: str
    note: str = ""


Command = Circulate | MarkRead | Acknowledge | Endorse | MarkActionDone
