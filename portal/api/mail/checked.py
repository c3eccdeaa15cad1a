"""When the mailbox was last looked into."""

from __future__ import annotations

from flask import Response

from portal.api.answers import answer
from portal.api.board import api
from portal.api.told import Told
from portal.session import required
from portal.window import window


class MailChecked(Told):
    """`mail_checked_at` is null before the first look."""

    mail_checked_at: str | None = None
    ok: bool
    error: str | None = None


@api.get("/mail/checked", summary="Last look into the mailbox", responses={200: MailChecked})
def checked() -> Response:
    """The regulation wants the central address looked into at least twice each working day."""
    required()
    return answer(window().services.call("mail", "checked"))
