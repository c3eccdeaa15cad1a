"""Receiving a letter at the counter: its particulars and files become a registered letter."""

from __future__ import annotations

from flask import Response
from pydantic import Field

from portal.api.answers import created
from portal.api.asked import Body, File, Id, Particulars
from portal.api.board import PREFIX, api
from portal.api.told import Numbered
from portal.calls import act


class Receive(Body):
    """A letter with its files, stored before by `POST /files`."""

    particulars: Particulars
    files: list[File] = Field([], max_length=200)
    unit_id: Id | None = Field(None, description="The unit whose book gives the number; the asker's own when left out.")


@api.post("/letters", summary="Receive a letter (รับหนังสือ)", responses={201: Numbered})
def receive(body: Receive) -> Response:
    """Registers an incoming letter and gives it the next receive number of the unit's book."""
    told = act(
        "registry",
        "receive",
        particulars=body.particulars.model_dump(exclude_unset=True),
        files=[file.model_dump() for file in body.files],
        unit_id=body.unit_id,
    )
    return created(told, f"{PREFIX}/letters/{told['letter_id']}")
