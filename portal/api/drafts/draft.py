"""Writing an outgoing letter."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import created
from portal.api.asked import Body, Id, Line, Particulars, Recipient, Text
from portal.api.board import PREFIX, api
from portal.api.told import LetterMade
from portal.calls import act


class Draft(Body):
    """An outgoing letter: what stands on it, its paragraphs and to whom it goes."""

    particulars: Particulars
    body: list[Text] = Field(max_length=200)
    recipients: list[Recipient] = Field(max_length=200)
    in_reply_to: Id | None = Field(None, description="The incoming letter that it answers.")
    closing: Line = "ขอแสดงความนับถือ"


@api.post("/drafts", summary="Draft a letter (ร่างหนังสือ)", responses={201: LetterMade})
def draft(body: Draft) -> Response:
    """The draft belongs to the unit of the officer who writes it."""
    told = act(
        "registry",
        "draft",
        particulars=body.particulars.model_dump(exclude_unset=True),
        body=body.body,
        recipients=[recipient.model_dump() for recipient in body.recipients],
        in_reply_to=body.in_reply_to,
        closing=body.closing,
    )
    return created(told, f"{PREFIX}/letters/{told['letter_id']}")
