"""Completing what was ordered."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, Id, OneLetter, Text
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class OneAction(OneLetter):
    """The address of an ordered action."""

    action_id: Id


class ActionDone(Body):
    """What was done."""

    note: Text = ""


@api.post(
    "/letters/<letter_id>/actions/<action_id>/completion",
    summary="The ordered action is done (ดำเนินการแล้ว)",
    responses={200: Done},
)
def action_done(path: OneAction, body: ActionDone) -> Response:
    """By the officer or a member of the unit to whom it was ordered."""
    return answer(act("routing", "action_done", letter_id=path.letter_id, action_id=path.action_id, note=body.note))
