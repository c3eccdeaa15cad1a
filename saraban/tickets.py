"""Tickets: short-lived, signed permissions to hand a file to intake or to get one from it.

Bytes travel over HTTP beside the broker. Whoever decides about access (the registry for letters) signs a ticket, and
intake checks only the ticket. A ticket is compact JSON and its HMAC-SHA256, both in base64url, with a dot between.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import datetime
from typing import Any

import msgspec

from saraban.contracts.actor import SYSTEM, Actor, signature
from saraban.contracts.errors.files import TicketRefused

STORE, FILE, STAMPED, PREVIEW = "store", "file", "stamped", "preview"
SECONDS = 300
"""How long a ticket lasts unless told otherwise: enough to start a transfer, which may then take its time."""


class Ticket(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a ticket says. `purpose` is one of the four above, `expires` a Unix time. Of a file to store: `actor` (a
    signature), `max_bytes`, and whether `any_type` is taken. Of a stored file: its `sha256`, the `name` and
    `media_type` to serve it under, whether as a `download`, the `page` of a preview, the `stamp` (agency, number, day,
    time as they are to be printed)."""

    purpose: str
    expires: int
    sha256: str = ""
    actor: dict[str, Any] = {}
    max_bytes: int | None = None
    any_type: bool = False
    name: str = ""
    media_type: str = ""
    download: bool = False
    page: int = 0
    stamp: dict[str, Any] = {}


def sign(ticket: Ticket, secret: bytes) -> str:
    """The ticket as it stands in a URL."""
    content = msgspec.json.encode(ticket)
    return f"{_text(content)}.{_text(_mac(content, secret))}"


def check(token: str, secret: bytes, *, purpose: str, now: datetime, sha256: str = "", page: int = 0) -> Ticket:
    """The ticket behind `token`. Raises TicketRefused when it is forged, has expired, or is for another purpose, file
    or page."""
    content, mac = _taken_apart(token)
    if not hmac.compare_digest(mac, _mac(content, secret)):
        raise TicketRefused({"reason": "forged"})
    ticket = msgspec.json.decode(content, type=Ticket)
    if ticket.expires < now.timestamp():
        raise TicketRefused({"reason": "expired"})
    if (ticket.purpose, ticket.sha256, ticket.page) != (purpose, sha256, page):
        raise TicketRefused({"reason": "for_something_else"})
    return ticket


def store_ticket(
    secret: bytes,
    now: datetime,
    *,
    actor: Actor = SYSTEM,
    max_bytes: int | None = None,
    any_type: bool = False,
    seconds: int = SECONDS,
) -> str:
    """A ticket to hand one file to intake, in the name of `actor`. With `any_type` a file is kept whatever it is: what
    others sent us must not be lost because we would not have sent it."""
    ticket = Ticket(
        purpose=STORE,
        expires=int(now.timestamp()) + seconds,
        actor=signature(actor),
        max_bytes=max_bytes,
        any_type=any_type,
    )
    return sign(ticket, secret)


def file_path(
    secret: bytes,
    now: datetime,
    sha256: str,
    *,
    name: str = "",
    media_type: str = "",
    download: bool = False,
    seconds: int = SECONDS,
) -> str:
    """The path and ticket, on intake, of a stored file as it came."""
    ticket = Ticket(
        purpose=FILE,
        expires=int(now.timestamp()) + seconds,
        sha256=sha256,
        name=name,
        media_type=media_type,
        download=download,
    )
    return f"/files/{sha256}?ticket={sign(ticket, secret)}"


def stamped_path(
    secret: bytes, now: datetime, sha256: str, *, stamp: dict[str, Any], name: str = "", download: bool = False
) -> str:
    """The path and ticket, on intake, of a copy of a PDF with the receive stamp on page one."""
    ticket = Ticket(
        purpose=STAMPED,
        expires=int(now.timestamp()) + SECONDS,
        sha256=sha256,
        name=name,
        download=download,
        stamp=stamp,
    )
    return f"/stamped/{sha256}?ticket={sign(ticket, secret)}"


def preview_path(secret: bytes, now: datetime, sha256: str, *, page: int = 1) -> str:
    """The path and ticket, on intake, of a picture of one page (1, 2, 3 …)."""
    ticket = Ticket(purpose=PREVIEW, expires=int(now.timestamp()) + SECONDS, sha256=sha256, page=page)
    return f"/preview/{sha256}/{page}.png?ticket={sign(ticket, secret)}"


def _mac(content: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, content, hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _taken_apart(token: str) -> tuple[bytes, bytes]:
    content, dot, mac = token.partition(".")
    if not dot:
        raise TicketRefused({"reason": "missing"})
    try:
        return _raw(content), _raw(mac)
    except (ValueError, binascii.Error):
        raise TicketRefused({"reason": "forged"}) from None


def _raw(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
