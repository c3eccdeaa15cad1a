"""Opening a file of a letter."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import Field

from portal.api.asked import OneLetter, Query, Sha256
from portal.api.board import api
from portal.calls import ask
from portal.relaying import relay

BYTES = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
SENT_ON = {"description": "The file is to be had at Location, without a session or token."}


class OneFile(OneLetter):
    """The address of a file of a letter."""

    sha256: Sha256


class OpenFile(Query):
    """As what to open it."""

    purpose: Literal["file", "stamped", "preview"] = Field(
        "file", description="The file as it came; a copy with the receive stamp (แบบ 12); a picture of one page."
    )
    page: int = Field(1, ge=1, le=10_000, description="Of a preview.")
    download: bool = Field(default=False, description="Save it instead of showing it.")


@api.get(
    "/letters/<letter_id>/files/<sha256>",
    summary="Open a file of a letter",
    responses={200: BYTES, 206: BYTES, 307: SENT_ON},
)
def open_file(path: OneFile, query: OpenFile) -> Response:
    """Parts by Range. Opening a classified letter's file is recorded. A large file to be saved may be answered by 307
    and the way to it in the object store, open for a minute."""
    opened = ask("registry", "open_file", letter_id=path.letter_id, sha256=path.sha256, **query.model_dump())
    return relay(opened["path"])
