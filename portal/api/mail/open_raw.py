"""A quarantined mail as it came."""

from __future__ import annotations

from flask import Response

from portal.api.board import api
from portal.api.files.open_file import BYTES
from portal.api.mail.quarantined import OneMail
from portal.calls import ask
from portal.relaying import relay


@api.get("/quarantine/<sha256>/raw", summary="A quarantined mail as it came", responses={200: BYTES, 206: BYTES})
def open_raw(path: OneMail) -> Response:
    """Every byte of it, to be saved."""
    return relay(ask("mail", "open_raw", sha256=path.sha256)["path"])
