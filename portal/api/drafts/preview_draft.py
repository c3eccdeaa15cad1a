"""A draft as it will look."""

from __future__ import annotations

from flask import Response

from portal.api.asked import OneLetter
from portal.api.board import api
from portal.api.files.open_file import BYTES
from portal.calls import ask
from portal.relaying import relay


@api.get("/drafts/<letter_id>/preview", summary="A draft as it will look", responses={200: BYTES, 206: BYTES})
def preview_draft(path: OneLetter) -> Response:
    """A PDF with a watermark, until the letter is signed."""
    return relay(ask("registry", "preview_draft", letter_id=path.letter_id)["path"])
