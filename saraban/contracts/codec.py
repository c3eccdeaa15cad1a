"""Events to wire and back. Old versions are lifted to the current shape on reading, step by step."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from saraban.contracts.commit import RecordedEvent
from saraban.contracts.events import NAMES, WIRE
from saraban.contracts.shapes import shaped

SPEAKERS = ("registry", "routing", "intake", "search", "mail")

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""(wire name, old version) → what turns the old fields into those of the next version."""


def load_events() -> None:
    """Import every speaker's module, so that all wire names are known."""
    for speaker in SPEAKERS:
        importlib.import_module(f"saraban.contracts.events.{speaker}")


def encode(stream: str, version: int, happened: object) -> RecordedEvent:
    """The event as the log holds it, at `version` of `stream`."""
    name, type_version = NAMES[type(happened)]
    return RecordedEvent(
        stream=stream,
        version=version,
        type=name,
        type_version=type_version,
        data=msgspec.to_builtins(happened),
    )


def decode(name: str, type_version: int, data: Mapping[str, Any]) -> Any | None:
    """The event behind wire data, or None for a wire name that this release does not know.

    Raises msgspec.ValidationError when the data do not fit the shape of their version.
    """
    if name not in WIRE:
        load_events()
    if name not in WIRE:
        return None
    cls, current = WIRE[name]
    fields = dict(data)
    for old in range(type_version, current):
        fields = UPCASTERS[name, old](fields)
    return shaped(fields, cls)
