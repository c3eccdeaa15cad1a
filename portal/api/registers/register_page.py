"""The registers of received and sent letters (แบบ 13 and 14)."""

from __future__ import annotations

from typing import Literal

from flask import Response
from pydantic import BaseModel, Field

from portal.api.answers import answer
from portal.api.asked import Id, Page
from portal.api.board import api
from portal.api.told import Rows
from portal.calls import ask


class OneRegister(BaseModel):
    """Which kind of register."""

    kind: Literal["receive", "send"]


class RegisterQuery(Page):
    """Which year and unit."""

    year: int | None = Field(None, ge=2400, le=2700, description="Buddhist year; the present one when left out.")
    unit_id: Id | None = Field(None, description="The unit of the book; the asker's own when left out.")


@api.get("/registers/<kind>", summary="A register", responses={200: Rows})
def register_page(path: OneRegister, query: RegisterQuery) -> Response:
    """Every number once, with voided ones marked. The subject of a classified letter is null for who may not see it."""
    return answer(ask("registry", "register_page", kind=path.kind, **query.model_dump()))
