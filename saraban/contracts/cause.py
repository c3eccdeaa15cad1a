"""What a commit says of its cause: the command behind it, told so that another command under the same id shows."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec


def cause_of(name: str, /, **told: Any) -> str:
    """A command's name with a fingerprint of what it was told, plain values: `circulate:5f2b…` (16 hex digits)."""
    canonical = msgspec.json.encode(told, order="sorted")
    return f"{name}:{hashlib.sha256(canonical).hexdigest()[:16]}"
