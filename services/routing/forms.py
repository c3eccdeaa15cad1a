"""From what a person typed to the values of a command: Thai normal form, real dates, known choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saraban.contracts import ids
from saraban.contracts.errors.letters import TextTooLong, UnknownChoice
from saraban.contracts.errors.routing import AddresseeWithoutOrder, OrderWithoutAddressee
from saraban.contracts.events.routing import ADDRESSEE_KINDS, ORDERS, Addressee
from saraban.thai.dates import parse_date
from saraban.thai.normal_form import normal_form
from services.routing.commands import Order

LONGEST_TEXT = 10_000

Typed = Mapping[str, Any]


def read_addressees(typed: Sequence[Typed]) -> tuple[Addressee, ...]:
    """Units and officers, each once, in the order given. Raises UnknownChoice for another kind of addressee."""
    return tuple(dict.fromkeys(_addressee(one) for one in typed))


def read_text(field: str, typed: str | None) -> str:
    """A note or an endorsement. Raises TextTooLong."""
    text = normal_form(typed or "").strip()
    if len(text) > LONGEST_TEXT:
        raise TextTooLong({"field": field, "limit": LONGEST_TEXT})
    return text


def read_order(order: str | None, to: Typed | None, due: str | None) -> Order | None:
    """What is ordered with an endorsement, to whom and until when (as dates are written: `23 พ.ย. 2569`).

    Raises UnknownChoice, OrderWithoutAddressee, AddresseeWithoutOrder, or an error of saraban.contracts.errors.dates.
    """
    if not order:
        if to or due:
            raise AddresseeWithoutOrder({"field": "order", "choices": ", ".join(ORDERS)})
        return None
    _check_choice("order", order, ORDERS)
    if not to:
        raise OrderWithoutAddressee({"field": "to"})
    until = parse_date(due).isoformat() if due and due.strip() else None
    return Order(action_id=ids.new_id(), order=order, to=_addressee(to), due=until)


def _addressee(typed: Typed) -> Addressee:
    kind = str(typed.get("kind", ""))
    _check_choice("to", kind, ADDRESSEE_KINDS)
    return Addressee(kind=kind, id=str(typed.get("id", "")))


def _check_choice(field: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise UnknownChoice({"field": field, "value": value, "choices": ", ".join(choices)})
