"""What must not be in a journal: passwords, tokens, tickets, and words of letters that got into an error's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

HIDDEN = "***"
SHORTEST_SECRET = 4
"""A shorter one would strike out half of every line."""
LONGEST_TEXT = 8000

_IN_URL = re.compile(r"://[^\s\"'\\/]*@")
_NAMED = re.compile(
    r"(?i)(ticket=|bearer\s+|saraban_session=|(?:password|passwd|secret|token)(?:\\?[\"'])?\s*[:=]\s*(?:\\?[\"'])?)"
    r"[^\s\"'\\&,;}]+"
)
_OTHER_SCRIPTS = re.compile(r"[^\x00-\x7f]+")


def scrubbed(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without `secrets`, without what stands before the @ of a URL, without what is called a password, a
    token or a ticket."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    text = _IN_URL.sub(f"://{HIDDEN}@", text)
    return _NAMED.sub(lambda found: found[1] + HIDDEN, text)


def without_words(text: str) -> str:
    """The text of an error without anything in Thai, which could come from a letter, and not longer than a page."""
    return _OTHER_SCRIPTS.sub("…", text)[:LONGEST_TEXT]


def secrets_of(values: Sequence[str]) -> list[str]:
    """What must be struck out for these settings: the plain ones themselves, the passwords of those that are URLs; as
    they are written and as they are meant."""
    found = set()
    for value in values:
        secret = (urlsplit(value).password or "") if "://" in value else value
        found |= {secret, unquote(secret)}
    return sorted((one for one in found if len(one) >= SHORTEST_SECRET), key=len, reverse=True)
