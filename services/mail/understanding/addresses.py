"""Who a mail is from and to. Addresses are never judged by their prefix: any local part can be an agency's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.mail.understanding.charsets import decode
from services.mail.understanding.encoded_words import FIELD_LIMIT, header_text

_MAILABLE = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_OUTSIDE_QUOTES = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|<\s*([^<>\s"@]{1,128}@[^<>\s"@]{1,255})\s*>', re.DOTALL)
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BARE = re.compile(rb'[^\s<>,;:"()\[\]@]{1,128}@[^\s<>,;:"()\[\]@]{1,255}')
_COMMENT = re.compile(rb"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Correspondent:
    """One party of a mail: the name that was written beside the address, often empty, and the address."""

    name: str
    address: str


def is_mailable(address: str) -> bool:
    """Whether a mail can be sent to `address` over any mail system: plain ASCII, one @, no spaces."""
    return bool(_MAILABLE.fullmatch(address)) and ".." not in address


def domain_of(address: str) -> str:
    """What stands behind the @, in lower case; empty when there is none."""
    return address.rpartition("@")[2].lower() if "@" in address else ""


def first_correspondent(raw: bytes) -> Correspondent | None:
    """The first party that a From or Reply-To field names, or None when there is no address in it."""
    raw = raw[:FIELD_LIMIT]
    for match in _OUTSIDE_QUOTES.finditer(raw):
        if match[1]:
            return Correspondent(_name(raw[: match.start()]), decode(match[1]).text)
    bare, comment = _BARE.search(_QUOTED.sub(b" ", raw)) or _BARE.search(raw), _COMMENT.search(raw)
    return Correspondent(_name(comment[1]) if comment else "", decode(bare[0]).text) if bare else None


def all_addresses(raw: bytes) -> tuple[str, ...]:
    """Every address in a To or Cc field, in order, in lower case."""
    return tuple(decode(found).text.lower() for found in _BARE.findall(_QUOTED.sub(b" ", raw[:FIELD_LIMIT])))


def _name(raw: bytes) -> str:
    written = re.sub(rb'\\(["\\])|"', rb"\1", raw.strip(b" \t\r\n,;"))
    return header_text(written).text.strip("'\" ")
