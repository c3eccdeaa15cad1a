"""Commands on books: numbers put aside."""

from __future__ import annotations

from typing import Any

from saraban.contracts import ids
from saraban.contracts.actor import Actor
from saraban.contracts.cause import cause_of
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import NotYourUnit, ReasonMissing, UnknownChoice
from saraban.thai.dates import parse_date
from services.registry.clerk import Clerk
from services.registry.domain import books
from services.registry.pen import Said, Streams

KINDS = ("receive", "send")
MOST = 100


def reserve_numbers(clerk: Clerk, actor: Actor, command_id: str, unit_id: str, **told: Any) -> dict[str, Any]:
    """Put the next `count` numbers (1 to 100) of the unit's open book of a `kind` aside, with a `reason`, until the day
    `expires`; answers the numbers. Raises NotAllowed, NotYourUnit, UnknownChoice, ReasonMissing, dates.*."""
    kind, count, reason = str(told["kind"]), int(told["count"]), str(told["reason"]).strip()
    _check(actor, unit_id, kind, count)
    if not reason:
        raise ReasonMissing({"field": "reason"})
    expires = parse_date(told["expires"]).isoformat()
    reservation_id = ids.new_id()

    def decide(streams: Streams) -> list[Said]:
        clerk.chart.seen_by(streams).unit(unit_id)
        next_one = clerk.next_number(streams, unit_id, kind, "", clerk.clock.now())
        reserved = books.reserve(next_one, count, reservation_id, reason, expires)
        return [(ids.book_stream(next_one.book_id), one) for one in reserved]

    cause = cause_of("reserve_numbers", unit_id=unit_id, kind=kind, count=count, reason=reason, expires=expires)
    commit = clerk.write(command_id, actor, cause, decide)
    return {"numbers": [one.data["number"] for one in commit.events], "position": commit.position}


def _check(actor: Actor, unit_id: str, kind: str, count: int) -> None:
    if not actor.has("registry_clerk", "unit_registry"):
        raise NotAllowed
    if not actor.has("registry_clerk") and actor.unit_id != unit_id:
        raise NotYourUnit({"unit_id": unit_id})
    if kind not in KINDS:
        raise UnknownChoice({"field": "kind", "value": kind, "choices": ", ".join(KINDS)})
    if not 1 <= count <= MOST:
        raise UnknownChoice({"field": "count", "value": str(count), "choices": f"1 … {MOST}"})
