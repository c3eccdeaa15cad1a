"""Making a letter of a quarantined mail by hand."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, Particulars
from portal.api.board import api
from portal.api.mail.quarantined import OneMail
from portal.api.told import LetterMade
from portal.calls import act


class RegisterQuarantined(Body):
    """What the clerk reads in the mail."""

    particulars: Particulars


@api.post("/quarantine/<sha256>/registration", summary="Make a letter of a mail by hand", responses={200: LetterMade})
def register_quarantined(path: OneMail, body: RegisterQuarantined) -> Response:
    """The letter goes to the registry's tray with the mail as its file."""
    particulars = body.particulars.model_dump(exclude_unset=True)
    return answer(act("mail", "register_quarantined", sha256=path.sha256, particulars=particulars))
