"""Storing a file."""

from __future__ import annotations

import sys
from typing import Annotated

from flask import Response, request
from pydantic import Field, StringConstraints

from portal.api.answers import answer
from portal.api.asked import Query
from portal.api.board import api
from portal.api.told import FileStored
from portal.session import required
from portal.window import window
from saraban.contracts.errors.requests import NotReadable


class FileQuery(Query):
    """Under which name the file came."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=255)] = Field(
        description="The file's name, with its ending; percent-encoded UTF-8."
    )


@api.post("/files", summary="Store a file", responses={201: FileStored})
def store_file(query: FileQuery) -> Response:
    """The body is the file itself, its type in Content-Type. It is kept under the SHA-256 of its bytes; the same bytes
    again are kept once (`duplicate`). Over the limit: 413, and nothing is stored."""
    asking, here = required(), window()
    if request.mimetype == "multipart/form-data":
        raise NotReadable({"expected": "the bytes of the file itself"})
    request.max_content_length = sys.maxsize  # files have a limit of their own, which `put` keeps
    stored = here.files.put(
        request.stream,
        name=query.name,
        media_type=request.mimetype,
        actor=asking.actor,
        size=request.content_length,
        limit=here.settings.file_limit,
    )
    return answer(stored, 201)
