"""Changing a draft."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import answer
from portal.api.asked import Body, Line, OneLetter, Particulars, Recipient, Text
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class ReviseDraft(Body):
    """The draft as it shall be from now on."""

    particulars: Particulars
    body: list[Text] = Field(max_length=200)
    recipients: list[Recipient] = Field(max_length=200)
    closing: Line = "ขอแสดงความนับถือ"


@api.post("/drafts/<letter_id>/revision", summary="Revise a draft (แก้ไขร่าง)", responses={200: Done})
def revise_draft(path: OneLetter, body: ReviseDraft) -> Response:
    """Every version stays in the history."""
    return answer(
        act(
            "registry",
            "revise_draft",
            letter_id=path.letter_id,
            particulars=body.particulars.model_dump(exclude_unset=True),
            body=body.body,
            recipients=[recipient.model_dump() for recipient in body.recipients],
            closing=body.closing,
        )
    )
