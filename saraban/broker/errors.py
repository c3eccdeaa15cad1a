"""Errors between services: ours travel with their class and detail, others as `ServiceFailed` without their inside."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

from nameko import exceptions

from saraban.broker.correlation import correlation_id
from saraban.contracts import errors
from saraban.contracts.errors import SarabanError
from saraban.contracts.errors.broker import ServiceFailed


def register() -> None:
    """Let nameko rebuild every error of the tree on the caller's side."""
    for module in pkgutil.iter_modules(errors.__path__):
        importlib.import_module(f"{errors.__name__}.{module.name}")
    for kind in _tree(SarabanError):
        exceptions.deserialize_to_instance(kind)


def to_wire(service: str, error: BaseException) -> dict[str, Any]:
    """An error as nameko's replies carry it. An unknown error tells only where it happened and under which id its
    trace stands in the log."""
    if not isinstance(error, SarabanError):
        error = ServiceFailed({"what": service, "incident": correlation_id()})
    return {
        "exc_type": type(error).__name__,
        "exc_path": exceptions.get_module_path(type(error)),
        "exc_args": [error.detail],
        "value": str(error),
    }


def from_wire(service: str, error: Mapping[str, Any]) -> SarabanError:
    """The error that a reply carries."""
    rebuilt = exceptions.deserialize(error)
    if isinstance(rebuilt, SarabanError):
        return rebuilt
    return ServiceFailed({"what": service, "incident": correlation_id()})


def _tree(kind: type[SarabanError]) -> Iterator[type[SarabanError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _tree(child)
