"""Speaking to the services on behalf of the officer who is signed in."""

from __future__ import annotations

from typing import Any

from portal.idempotency import content_hash, key_of_request
from portal.session import required
from portal.window import window


def ask(service: str, method: str, **arguments: Any) -> Any:
    """What a query of a service answers to this officer. Raises NotSignedIn and the service's errors."""
    return window().services.call(service, method, actor=required().wire, **arguments)


def act(service: str, method: str, **arguments: Any) -> Any:
    """Do what the officer asks, once for each Idempotency-Key; answers what the command answers.

    Raises NotSignedIn, IdempotencyKeyMissing, IdempotencyKeyNotValid, IdempotencyKeyReused and the service's errors.
    """
    actor = required().wire
    owned_key = f"{actor['officer_id']}:{key_of_request()}"
    content = content_hash(service, method, arguments)
    here = window()
    here.keys_seen.check(owned_key, content)
    told = here.services.call(service, method, actor=actor, command_id=f"{owned_key}:{content}", **arguments)
    here.keys_seen.remember(owned_key, content)
    return told
