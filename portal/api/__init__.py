"""The JSON API `/api/v1`: a file per act, a folder per subject. Each act parses, calls its service and answers."""

from __future__ import annotations

from flask_openapi3.openapi import OpenAPI

from portal.api import (
    accounts,
    circulation,
    drafts,
    files,
    house,
    letters,
    mail,
    organisation,
    registers,
)
from portal.api.board import api, public

__all__ = [
    "accounts",
    "circulation",
    "drafts",
    "files",
    "house",
    "letters",
    "mail",
    "mount",
    "organisation",
    "registers",
]


def mount(app: OpenAPI) -> None:
    """Put every act up on the application."""
    app.register_api(api)
    app.register_api(public)
