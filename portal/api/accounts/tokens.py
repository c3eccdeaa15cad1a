"""The tokens by which programs sign in."""

from __future__ import annotations

from flask import Response
from pydantic import BaseModel, Field

from portal.api.answers import answer
from portal.api.asked import Body, Id, Line
from portal.api.board import api
from portal.api.told import Told
from portal.calls import ask
from portal.window import window


class CreateToken(Body):
    """A new token, for oneself, or by an administrator for another officer."""

    name: Line = Field(min_length=1, description="What the token is for.")
    officer_id: Id | None = None


class OneToken(BaseModel):
    """The address of a token."""

    token_id: Id


class TokenCreated(Told):
    """`token` is shown this once; only its hash is kept."""

    token: str
    token_id: str


class TokenList(Told):
    """Tokens without their secrets."""

    rows: list[dict[str, object]]


@api.get("/tokens", summary="My tokens", responses={200: TokenList})
def tokens() -> Response:
    """The tokens of this officer; of everyone for administrators."""
    return answer({"rows": ask("registry", "tokens")})


@api.post("/tokens", summary="Create a token", responses={201: TokenCreated})
def create_token(body: CreateToken) -> Response:
    """A token acts with all the rights of its officer until it is revoked."""
    return answer(ask("registry", "create_token", name=body.name, officer_id=body.officer_id), 201)


@api.delete("/tokens/<token_id>", summary="Revoke a token", responses={204: None})
def revoke_token(path: OneToken) -> Response:
    """The token is refused from now on (in other processes within five seconds)."""
    ask("registry", "revoke_token", token_id=path.token_id)
    window().recognitions.forget()
    return Response(status=204)
