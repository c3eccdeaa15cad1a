"""Undoing what an earlier program did when it read Thai bytes in the wrong character set.

`Ë¹Ñ§Ê×Í` is cp874 read as Latin-1, `à¸«à¸™` UTF-8 read as Latin-1, `เธซเธ…` UTF-8 read as cp874. Each is undone only
when the bytes behind it make better Thai.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from services.mail.understanding.thai_shape import looks_thai, misplaced, touches_latin


def _byte_table(codec: str, *, otherwise: range) -> dict[str, int]:
    """Which byte a character stood for, as Windows reads: bytes without a character become control characters."""
    table = {chr(byte): byte for byte in otherwise}
    for byte in range(0x80, 0x100):
        if (char := bytes([byte]).decode(codec, "ignore")) != "":
            table[char] = byte
    return table


_AS_LATIN = _byte_table("cp1252", otherwise=range(0x80, 0x100))
_AS_THAI = _byte_table("cp874", otherwise=range(0x80, 0xA1))


def _any_of(table: Mapping[str, int]) -> str:
    return "[" + re.escape("".join(sorted(table))) + "]"


_LATIN, _THAI = _any_of(_AS_LATIN), _any_of(_AS_THAI)
_READINGS = (
    (_AS_LATIN, re.compile(f"{_LATIN}{{3}}[À-ÿ]|[À-ÿ]{_LATIN}{{3}}"), re.compile(f"{_LATIN}+")),
    (_AS_THAI, re.compile(r"(?:เ[ธน][^\x00-\x7f]){2}"), re.compile(f"{_THAI}+")),
)
"""What the text was read as: the table, what gives it away, and the runs to read again."""


def repair(text: str) -> str:
    """`text`, or what it was before it was misread. Text that is well stays as it is."""
    if text.isascii():
        return text
    for table, suspicious, runs in _READINGS:
        if suspicious.search(text):
            return _undo(text, table, runs)
    return text


def _undo(text: str, table: Mapping[str, int], runs: re.Pattern[str]) -> str:
    """The whole text was misread in one way, so one character set must explain its runs."""
    for codec in ("utf-8", "cp874"):
        repaired = runs.sub(partial(_reread, table=table, codec=codec), text)
        if repaired != text and not touches_latin(repaired):
            return repaired
    return text


def _reread(match: re.Match[str], *, table: Mapping[str, int], codec: str) -> str:
    """A run of suspicious characters as the Thai that its bytes make, or as it is."""
    run = match[0]
    try:
        reading = bytes(table[char] for char in run).decode(codec)
    except UnicodeDecodeError:
        return run
    return reading if looks_thai(reading) and misplaced(reading) <= misplaced(run) else run
