"""What mail can be told to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saraban.contracts.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryQuarantined:
    """Try to understand a mail again."""

    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterQuarantined:
    """Make a letter of a mail by hand. `particulars` are as typed; the registry reads them."""

    sha256: str
    particulars: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissQuarantined:
    """Say that a mail is no letter, and why."""

    sha256: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReceipt:
    """Note that a recipient acknowledged a delivery otherwise than by mail, with their receive number when told."""

    letter_id: str
    delivery_id: str
    their_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMail:
    """Take in a mail whose bytes lie at intake; `name` is that of the file it came from."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for a command, and under which id: the same id again gets the first answer."""

    actor: Actor
    command_id: str
