"""The parts of a mail, by the standard library's parser, within limits of size, parts, depth and work.

Fields and bodies are kept as bytes: what they mean is decided elsewhere. An attached mail is kept whole, byte by byte.
"""

from __future__ import annotations

import quopri
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesFeedParser, BytesHeaderParser
from email.policy import compat32
from typing import Any, cast

from services.mail.understanding.encoded_words import lenient_base64
from services.mail.understanding.parameters import Field, read_field

_CHUNK = 65_536
_LINES_LIKE_A_BOUNDARY = 40
"""Lines that begin with two hyphens, for each part that a mail may have: tables and signatures have them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a mail is read: bytes in all, bytes of its fields, parts, depth of parts in parts, attached mails in
    attached mails, and work (lines times boundaries, which is what the parser's time grows with)."""

    size: int = 50_000_000
    fields: int = 1_000_000
    parts: int = 500
    depth: int = 20
    attached_mails: int = 3
    work: int = 2_500_000


class CannotRead(Exception):
    """A mail that cannot be read; `reason` is the stable code under which it waits in quarantine."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class Part(Message):
    """One part of a mail, or the whole of it. Fields come as bytes; nothing but multiparts is taken apart."""

    _payload: Any
    _by_name: dict[str, list[bytes]] | None = None

    @property
    def content_type(self) -> Field:
        """The Content-Type field, `text/plain` when there is none (RFC 2045, 5.2)."""
        found = read_field(self.field("content-type"))
        return found if "/" in found.value else Field("text/plain", found.parameters)

    @property
    def disposition(self) -> Field:
        """The Content-Disposition field: `inline`, `attachment` or nothing (RFC 2183)."""
        return read_field(self.field("content-disposition"))

    def field(self, name: str) -> bytes:
        """The bytes behind the first field of that name; empty when absent."""
        return next(iter(self.fields(name)), b"")

    def fields(self, name: str) -> list[bytes]:
        """The bytes behind every field of that name, in order."""
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for key, value in self.raw_items():
                self._by_name[key.lower()].append(str(value).encode("ascii", "surrogateescape"))
        return self._by_name.get(name, [])

    def body(self) -> bytes:
        """The decoded bytes of a part that is not a multipart."""
        raw = str(self._payload).encode("ascii", "surrogateescape") if self._payload is not None else b""
        match self.field("content-transfer-encoding").strip().lower():
            case b"base64":
                return lenient_base64(raw)
            case b"quoted-printable":
                return quopri.decodestring(raw)
            case _:
                return raw

    def children(self) -> list[Part]:
        """The parts of a multipart, in order."""
        return self._payload if isinstance(self._payload, list) else []

    # What the library's parser asks while it reads, answered without its own, slower field reader.

    def get_content_type(self) -> str:
        """The media type; that of an attached mail is hidden, or the parser would take it apart."""
        value = self.content_type.value
        return "application/octet-stream" if value.startswith("message/") else value

    def get_content_maintype(self) -> str:
        """The media type before the slash."""
        return self.get_content_type().partition("/")[0]

    def get_boundary(self, failobj: Any = None) -> Any:
        """What stands between the parts, without quotes."""
        return self.content_type.plain("boundary") or failobj


def read_tree(raw: bytes, limits: Limits) -> Part:
    """The mail behind `raw`. Raises CannotRead when it is empty, over a limit, or a multipart whose parts cannot be
    told apart."""
    _refuse_costly(raw, limits)
    parser = BytesFeedParser(Part, policy=compat32)
    try:
        for start in range(0, len(raw), _CHUNK):
            parser.feed(raw[start : start + _CHUNK])
        whole = parser.close()
    except RecursionError:
        raise CannotRead("too_deep", "parts within parts") from None
    return _checked(cast("Part", whole), limits)


def read_fields(raw: bytes) -> Part:
    """The fields on top of a mail of which nothing else can be read."""
    return cast("Part", BytesHeaderParser(Part, policy=compat32).parsebytes(raw[:_CHUNK]))


def _refuse_costly(raw: bytes, limits: Limits) -> None:
    if not raw.strip():
        raise CannotRead("empty", "0 bytes")
    if len(raw) > limits.size:
        raise CannotRead("too_large", f"{len(raw)} bytes, limit {limits.size}")
    if _fields_end(raw) > limits.fields:
        raise CannotRead("too_complex", f"fields of {_fields_end(raw)} bytes")
    lines = raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
    if lines * (1 + raw.lower().count(b"boundary")) > limits.work:
        raise CannotRead("too_complex", f"{lines} lines")
    if raw.count(b"\n--") > limits.parts * _LINES_LIKE_A_BOUNDARY:
        raise CannotRead("too_many_parts", f"limit {limits.parts}")


def _fields_end(raw: bytes) -> int:
    ends = [end for blank in (b"\n\n", b"\r\n\r\n", b"\n\r\n") if (end := raw.find(blank)) >= 0]
    return min(ends, default=len(raw))


def _checked(whole: Part, limits: Limits) -> Part:
    if len(list(_walk(whole, 0, limits))) > limits.parts:
        raise CannotRead("too_many_parts", f"limit {limits.parts}")
    return whole


def _walk(part: Part, depth: int, limits: Limits) -> Iterator[Part]:
    if depth > limits.depth:
        raise CannotRead("too_deep", f"limit {limits.depth}")
    hopeless = (NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect)
    if any(isinstance(defect, hopeless) for defect in part.defects):
        raise CannotRead("broken_mime", "a multipart without its boundary")
    yield part
    for child in part.children():
        yield from _walk(child, depth + 1, limits)
