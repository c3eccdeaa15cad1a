"""Tokens that our mails carry, so that answers to them are known again: in the Message-ID, in the text, and behind a
plus sign in the address.

A token is derived from the key under which a mail is handed over, so a mail that is written again carries the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_TOKEN = re.compile(r"srbn\.([0-9a-f]{20})(?![0-9a-f])", re.IGNORECASE)


def delivery_key(delivery_id: str) -> str:
    """The key under which the mail of one delivery is handed over."""
    return f"delivery:{delivery_id}"


def receipt_key(letter_id: str, kind: str) -> str:
    """The key under which a receipt is handed over: `kind` is `arrived` or `registered`."""
    return f"receipt:{letter_id}:{kind}"


def token_of(key: str) -> str:
    """The token of the mail with this key, 20 hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def shown_token(key: str) -> str:
    """The token as our mails carry it."""
    return f"srbn.{token_of(key)}"


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the mail with this key."""
    return f"<{shown_token(key)}@{domain}>"


def tokens_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Every token that stands in the texts, in order, each once."""
    return tuple(dict.fromkeys(found.lower() for text in texts for found in _TOKEN.findall(text)))
