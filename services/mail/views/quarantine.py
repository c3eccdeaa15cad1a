"""The mails that wait for a clerk."""

from __future__ import annotations

from typing import Any

from saraban.contracts.actor import Actor
from saraban.contracts.errors import NotAllowed
from saraban.paging import continuation, next_page, page_size
from saraban.ports import ViewReader
from services.mail.views import shelves

_SHOWN = ("sha256", "sender", "subject", "fetched_at", "size", "reason", "detail")


def quarantine(views: ViewReader, actor: Actor, limit: int, continue_from: str | None) -> dict[str, Any]:
    """A page of mails in quarantine, the longest waiting first. For the central registry. Raises NotAllowed."""
    if not actor.has("registry_clerk"):
        raise NotAllowed
    size = page_size(limit)
    found = views.find(shelves.MAILS, "state", ["quarantined"], limit=size + 1, after=continuation(continue_from))
    rows = [{name: one.doc[name] for name in _SHOWN} for one in found[:size]]
    return {"rows": rows, "next": next_page(found, size)}
