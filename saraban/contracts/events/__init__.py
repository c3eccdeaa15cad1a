"""What happened, in the office's words: one module per speaker.

An event is a frozen dataclass of plain values. Its wire name and version are written down with `@event` and never
derived from the class, so that a class may be renamed and the log still reads. A changed shape gets a higher version
and an upcaster in `saraban.contracts.codec`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from saraban.contracts.shapes import prepared

E = TypeVar("E")

WIRE: dict[str, tuple[type, int]] = {}
"""Wire name → (class, current version)."""

NAMES: dict[type, tuple[str, int]] = {}
"""Class → (wire name, current version)."""


def event(name: str, version: int) -> Callable[[type[E]], type[E]]:
    """Give a dataclass its written wire name and version. A name can be given once."""

    def register(cls: type[E]) -> type[E]:
        if name in WIRE:
            message = f"the wire name {name} is taken by {WIRE[name][0].__name__}"
            raise ValueError(message)
        WIRE[name] = (cls, version)
        NAMES[cls] = (name, version)
        return prepared(cls)

    return register
