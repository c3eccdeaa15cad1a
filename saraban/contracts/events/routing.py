"""What routing says: who must see and do what."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts.events import event

ORDERS = ("note", "assign", "approve", "reject", "correct")
"""ทราบ, มอบหมาย, อนุมัติ, ไม่อนุมัติ, แก้ไข."""

ADDRESSEE_KINDS = ("unit", "officer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """One to whom a letter is circulated: `kind` is `unit` or `officer`."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One officer who must read the letter. `via` is the unit through which it came, or None when named."""

    officer_id: str
    via: str | None


@event("letter.circulated", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCirculated:
    """A letter was circulated (เวียน). `readers` are the officers that the addressees stood for at that moment;
    `note` is what the circulating officer wrote. A later circulation of the same letter adds readers."""

    letter_id: str
    circulation_id: str
    addressees: tuple[Addressee, ...]
    readers: tuple[Reader, ...]
    note: str = ""


@event("letter.read", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRead:
    """A reader opened the letter for the first time."""

    letter_id: str
    officer_id: str


@event("letter.acknowledged", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAcknowledged:
    """A reader acknowledged the letter (ทราบ)."""

    letter_id: str
    officer_id: str


@event("letter.endorsed", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterEndorsed:
    """An officer wrote an endorsement (เกษียน) on the letter. A typed name suffices (fourth amendment of 2564)."""

    letter_id: str
    endorsement_id: str
    officer_id: str
    name: str
    title: str
    text: str


@event("letter.action_ordered", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOrdered:
    """Someone was ordered to act on the letter. `order` is one of ORDERS, `due` an ISO date or None. Whoever is ordered
    must see the letter: `readers` are the officers who become readers by the order."""

    letter_id: str
    action_id: str
    order: str
    text: str
    to: Addressee
    due: str | None = None
    readers: tuple[Reader, ...] = ()


@event("letter.action_done", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone:
    """The ordered action was done."""

    letter_id: str
    action_id: str
    officer_id: str
    note: str = ""
