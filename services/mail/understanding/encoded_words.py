"""Text of a header field: RFC 2047 encoded words, and the raw 8-bit bytes that many Thai programs send instead."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from services.mail.understanding.charsets import Decoded, decode

FIELD_LIMIT = 16_384
"""Bytes of one field that are read; what is behind them is left."""

# Spaces inside an encoded word and a line break in it are wrong, but common.
_WORD = re.compile(rb"=\?([^?\s]{1,64})\?([bqBQ])\?([^?]*)\?=")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_FOLD = re.compile(rb"\r?\n[ \t]*|\r")

Piece = tuple[bytes, str | None]


def header_text(raw: bytes) -> Decoded:
    """The text of an unstructured field on one line, without control characters and direction overrides."""
    pieces = [decode(data, label) for data, label in _joined(_pieces(_FOLD.sub(b" ", raw[:FIELD_LIMIT])))]
    text = "".join(piece.text for piece in pieces)
    return Decoded(one_line(text), damaged=any(piece.damaged for piece in pieces))


def one_line(text: str) -> str:
    """`text` with what cannot be seen taken out and every white space as one space."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _pieces(raw: bytes) -> Iterator[Piece]:
    """Stretches of bytes with their label; white space between two encoded words does not count (RFC 2047, 6.2)."""
    end = 0
    for word in _WORD.finditer(raw):
        between = raw[end : word.start()]
        if between.strip() or (between and end == 0):
            yield between, None
        yield _word_bytes(word[2], word[3]), word[1].split(b"*")[0].decode("ascii", "replace").lower()
        end = word.end()
    if raw[end:]:
        yield raw[end:], None


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbours with the same label as one: senders cut between the bytes of one letter."""
    joined: list[Piece] = []
    for data, label in pieces:
        if label is not None and joined and joined[-1][1] == label:
            joined[-1] = (joined[-1][0] + data, label)
        else:
            joined.append((data, label))
    return joined


def _word_bytes(encoding: bytes, payload: bytes) -> bytes:
    if encoding in b"qQ":
        return binascii.a2b_qp(payload.replace(b" ", b"_"), header=True)
    return lenient_base64(payload)


def lenient_base64(payload: bytes) -> bytes:
    """What base64 still tells when its padding is wrong and other characters stand between."""
    try:
        return binascii.a2b_base64(payload)
    except binascii.Error:
        pass
    digits = re.sub(rb"[^A-Za-z0-9+/]", b"", payload)
    whole = digits[: len(digits) - 1] if len(digits) % 4 == 1 else digits
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
