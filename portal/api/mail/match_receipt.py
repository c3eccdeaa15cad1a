"""Noting by hand that a recipient acknowledged."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Body, Id, Line, OneLetter
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class OneDelivery(OneLetter):
    """The address of a delivery."""

    delivery_id: Id


class MatchReceipt(Body):
    """What the recipient told."""

    their_number: Line | None = Field(None, description="Their receive number, when they told it.")


@api.post(
    "/letters/<letter_id>/deliveries/<delivery_id>/receipt",
    summary="The recipient has acknowledged (ตอบรับ)",
    responses={200: Done},
)
def match_receipt(path: OneDelivery, body: MatchReceipt) -> Response:
    """For receipts that came by telephone or on paper; those that come by mail are matched by themselves."""
    return answer(
        act(
            "mail",
            "match_receipt",
            letter_id=path.letter_id,
            delivery_id=path.delivery_id,
            their_number=body.their_number,
        )
    )
