"""Answers as JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from flask import Response


def answer(told: Any, status: int = HTTPStatus.OK) -> Response:
    """What a service told, as it is."""
    return Response(msgspec.json.encode(told), status=status, mimetype="application/json")


def created(told: dict[str, Any], location: str) -> Response:
    """What a service told of a new thing, with its address."""
    response = answer(told, HTTPStatus.CREATED)
    response.headers["Location"] = location
    return response
