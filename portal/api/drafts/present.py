"""Presenting a draft for signature."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, Id, OneLetter
from portal.api.board import api
from portal.api.told import Done
from portal.calls import act


class PresentDraft(Body):
    """The head who is to sign."""

    to_officer_id: Id


@api.post("/drafts/<letter_id>/presentation", summary="Present a draft (เสนอลงนาม)", responses={200: Done})
def present_draft(path: OneLetter, body: PresentDraft) -> Response:
    """The head finds it among the letters to sign."""
    return answer(act("registry", "present_draft", letter_id=path.letter_id, to_officer_id=body.to_officer_id))
