"""Speaking to the services on behalf of the officer who is signed in."""

from __future__ import annotations

from typing import Any

from portal.idempotency import command_id
from portal.session import required
from portal.window import window


def ask(service: str, method: str, **arguments: Any) -> Any:
    """What a query of a service answers to this officer. Raises NotSignedIn and the service's errors."""
    return window().services.call(service, method, actor=required().wire, **arguments)


def act(service: str, method: str, **arguments: Any) -> Any:
    """Do what the officer asks, once for each Idempotency-Key; answers what the command answers.

    Raises NotSignedIn, IdempotencyKeyMissing, IdempotencyKeyNotValid and the service's errors.
    """
    actor = required().wire
    named = command_id(actor["officer_id"])
    return window().services.call(service, method, actor=actor, command_id=named, **arguments)
