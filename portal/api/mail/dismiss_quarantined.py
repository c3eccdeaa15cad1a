"""Dismissing a quarantined mail."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.asked import Body, Reason
from portal.api.board import api
from portal.api.mail.quarantined import OneMail
from portal.api.told import Done
from portal.calls import act


class DismissQuarantined(Body):
    """Why the mail is no letter."""

    reason: Reason


@api.post("/quarantine/<sha256>/dismissal", summary="Dismiss a quarantined mail", responses={200: Done})
def dismiss_quarantined(path: OneMail, body: DismissQuarantined) -> Response:
    """Its bytes stay in the archive."""
    return answer(act("mail", "dismiss_quarantined", sha256=path.sha256, reason=body.reason))
