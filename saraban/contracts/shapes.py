"""Plain values into dataclasses, from any number of threads.

msgspec reads the fields of a class when it first meets it. Two threads that make it do so at the same moment crash the
process (msgspec 0.22.0: `convert` of a fresh dataclass in four threads ends in a segmentation fault). So whatever is
read from the wire or from a view is prepared while its module is imported, which one thread does.
"""

from __future__ import annotations

import contextlib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_PREPARED: set[type] = set()


def prepared(cls: type[T]) -> type[T]:
    """Have msgspec read the class now, and every class that its fields name. A decorator, above `@dataclass`."""
    with contextlib.suppress(msgspec.ValidationError):
        msgspec.convert({}, cls)
    _PREPARED.add(cls)
    return cls


def shaped(plain: Any, cls: type[T]) -> T:
    """The `cls` that plain values describe. Raises msgspec.ValidationError when they do not fit, and LookupError for a
    class that was not prepared."""
    if cls not in _PREPARED:
        message = f"put @prepared above {cls.__name__}"
        raise LookupError(message)
    return msgspec.convert(plain, cls)
