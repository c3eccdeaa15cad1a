"""Trying a quarantined mail again."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.board import api
from portal.api.mail.quarantined import OneMail
from portal.api.told import Done
from portal.calls import act


@api.post("/quarantine/<sha256>/retry", summary="Try a quarantined mail again", responses={200: Done})
def retry_quarantined(path: OneMail) -> Response:
    """After what was wrong has been put right."""
    return answer(act("mail", "retry_quarantined", sha256=path.sha256))
