"""Endorsing a letter, with or without an order."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Body, Line, OneLetter, Someone, Text
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class Endorse(Body):
    """What the officer writes on the letter, and what somebody is ordered to do."""

    text: Text
    order: Literal["note", "assign", "approve", "reject", "correct"] | None = Field(
        None, description="ทราบ, มอบหมาย, อนุมัติ, ไม่อนุมัติ, แก้ไข"
    )
    to: Someone | None = None
    due: Line | None = Field(None, description="Date as people write it.")


class Endorsed(Done):
    """`endorsement_id` names what was written, `action_id` what was ordered; null when there is none."""

    endorsement_id: str | None = None
    action_id: str | None = None


@api.post("/letters/<letter_id>/endorsements", summary="Endorse a letter (เกษียน)", responses={200: Endorsed})
def endorse(path: OneLetter, body: Endorse) -> Response:
    """Endorsements stay for ever, under the name and title of their officer."""
    return answer(act("routing", "endorse", letter_id=path.letter_id, **body.model_dump()))
