"""Where the acts of `/api/v1` are put up."""

from __future__ import annotations

from flask_openapi3.blueprint import APIBlueprint

PREFIX = "/api/v1"

SECURITY: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
"""A program's token, or a browser's session."""

api = APIBlueprint("api", __name__, url_prefix=PREFIX, abp_security=SECURITY)

public = APIBlueprint("public", __name__, url_prefix=PREFIX)
"""The few acts that ask for no sign-in."""
