"""Fields with parameters, such as `Content-Type: text/plain; charset=tis-620`.

Read from bytes, because file names come as RFC 2231, as RFC 2047 inside quotes (which is wrong, and common) and as raw
8-bit bytes. The library's reader takes quadratic time on hostile fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from services.mail.understanding.charsets import Decoded, decode
from services.mail.understanding.encoded_words import FIELD_LIMIT, header_text

_PARAMETER = re.compile(rb';\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_FOLD = re.compile(rb"\r?\n([ \t])|[\r\n]")
_SECTION = re.compile(rb"^([^*]+)\*(?:(\d{1,3})(\*?))?$")


@dataclass(frozen=True, slots=True)
class Field:
    """A field's value, lower case, and its parameters as written: name in lower case → bytes without quotes."""

    value: str
    parameters: Mapping[bytes, bytes] = field(default_factory=dict)

    def plain(self, name: str) -> str:
        """A parameter that is plain ASCII, such as a boundary or a character set; empty when absent."""
        return self.parameters.get(name.encode(), b"").decode("ascii", "surrogateescape").strip()

    def text(self, name: str) -> Decoded | None:
        """A parameter that people wrote, by RFC 2231, then RFC 2047, then as raw bytes; None when absent."""
        if extended := _extended(self.parameters, name.encode()):
            return extended
        raw = self.parameters.get(name.encode())
        return None if raw is None else _plainly_written(raw)


def read_field(raw: bytes) -> Field:
    """The field behind `raw`. Whatever does not fit is left out; the first of equal parameters counts."""
    raw = _FOLD.sub(rb"\1", raw[:FIELD_LIMIT])
    value = b"".join(raw.partition(b";")[0].split()[:1]).lower().decode("ascii", "replace")
    found: dict[bytes, bytes] = {}
    for match in _PARAMETER.finditer(raw):
        found.setdefault(match[1].lower(), _unquoted(match[2].strip()))
    return Field(value, found)


def _unquoted(raw: bytes) -> bytes:
    if not raw.startswith(b'"'):
        return raw
    return re.sub(rb'\\(["\\])', rb"\1", raw[1:].removesuffix(b'"'))


def _extended(parameters: Mapping[bytes, bytes], name: bytes) -> Decoded | None:
    """RFC 2231: `name*=charset'language'%XX…`, or the same in sections `name*0*`, `name*1` …"""
    sections: dict[int, bytes] = {}
    encoded = False
    for written, raw in parameters.items():
        if (match := _SECTION.match(written)) and match[1] == name:
            escaped = match[2] is None or bool(match[3])
            encoded = encoded or escaped
            sections[int(match[2] or 0)] = unquote_to_bytes(raw) if escaped else raw
    if not sections:
        return None
    whole = b"".join(sections[number] for number in sorted(sections))
    if not encoded:
        return _plainly_written(whole)
    label, quote, rest = whole.partition(b"'")
    _, second, text = rest.partition(b"'")
    return decode(text, label.decode("ascii", "replace")) if quote and second else decode(whole)


def _plainly_written(raw: bytes) -> Decoded:
    if re.search(rb"%[89A-Fa-f][0-9A-Fa-f]%", raw) and raw.isascii():
        unescaped = decode(unquote_to_bytes(raw))
        return header_text(raw) if unescaped.damaged else unescaped
    return header_text(raw)
