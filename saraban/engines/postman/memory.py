"""A postman in memory, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saraban.engines.postman.envelope import check_envelope


@dataclass(frozen=True, slots=True)
class Handed:
    """A mail that was handed over."""

    key: str
    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class MemoryPostman:
    """A Postman that keeps what it is given, once per key. `refusal`, when set, is raised instead."""

    def __init__(self) -> None:
        self.handed: dict[str, Handed] = {}
        self.refusal: Exception | None = None

    def hand_over(self, key: str, sender: str, recipients: Sequence[str], raw: bytes) -> str:
        """Keep the mail. Raises RecipientNotMailable."""
        check_envelope(sender, recipients)
        if self.refusal is not None:
            raise self.refusal
        self.handed.setdefault(key, Handed(key, sender, tuple(recipients), raw))
        return key
