"""Putting numbers of a register aside."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Body, Id, Line, Reason
from portal.api.board import api
from portal.api.registers.register_page import OneRegister
from portal.api.told import Done
from portal.calls import act


class ReserveNumbers(Body):
    """How many numbers of which unit's book, why and until when."""

    unit_id: Id
    count: int = Field(ge=1, le=100)
    reason: Reason
    expires: Line = Field(description="Date as people write it.")


class NumbersReserved(Done):
    """The numbers put aside."""

    numbers: list[int]


@api.post("/registers/<kind>/reservations", summary="Reserve numbers (จองเลข)", responses={200: NumbersReserved})
def reserve_numbers(path: OneRegister, body: ReserveNumbers) -> Response:
    """The next numbers of the open book are given to nobody else; they stay in the register with the reason."""
    return answer(act("registry", "reserve_numbers", kind=path.kind, **body.model_dump()))
