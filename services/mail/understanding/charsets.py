"""From bytes to text, whatever the label says.

Thai mail carries seven names for one character set, and often none or a wrong one. Python knows no `windows-874`.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from services.mail.understanding.mojibake import repair
from services.mail.understanding.thai_shape import looks_thai, misplaced, thai_letters, touches_latin

THAI_LABELS = frozenset(
    {"tis-620", "tis620", "tis-62", "iso-8859-11", "iso8859-11", "windows-874", "windows874", "x-windows-874"}
    | {"ms874", "cp874", "cp-874", "dos-874", "ibm874", "x-ibm874", "iso-ir-166", "thai"}
)

_NOT_CHARACTER_SETS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "oem", "mbcs"}
)
_UTF8 = "utf-8"
_THAI = "cp874"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text read from bytes. `damaged` tells that some bytes fitted no character set and were replaced by U+FFFD."""

    text: str
    damaged: bool = False


def decode(raw: bytes, label: str | None = None) -> Decoded:
    """The text of `raw`. The label is believed when it fits; else strict UTF-8, else cp874 when that makes Thai, else
    the reading with the least amiss, marked damaged. Text that an earlier program misread is repaired."""
    codec = codec_of(label)
    if codec == _THAI and thai_letters(as_utf8 := _strictly(raw, _UTF8) or ""):
        return Decoded(repair(as_utf8))
    if codec and (text := _strictly(raw, codec)) is not None:
        return Decoded(repair(text))
    return _guess(raw)


def codec_of(label: str | None) -> str | None:
    """The name of Python's codec for a character set label of a mail, or None when there is none."""
    name = (label or "").strip(" \t\"'").lower()
    if name.replace("_", "-") in THAI_LABELS:
        return _THAI
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if found.name in _NOT_CHARACTER_SETS or not found._is_text_encoding:  # noqa: SLF001 - bytes.decode asks the same
        return None
    return found.name


def _strictly(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode("utf-8-sig" if codec == _UTF8 else codec)
    except (UnicodeError, ValueError):
        return None


def _guess(raw: bytes) -> Decoded:
    as_utf8, as_thai = _strictly(raw, _UTF8), _strictly(raw, _THAI)
    if as_utf8 is not None and not (as_thai and _rather_thai(as_utf8, as_thai)):
        return Decoded(repair(as_utf8))
    if as_thai is not None and looks_thai(as_thai):
        return Decoded(as_thai)
    readings = [raw.decode(codec, "replace") for codec in (_UTF8, _THAI)]
    return Decoded(min(readings, key=lambda text: text.count("\ufffd") + misplaced(text)), damaged=True)


def _rather_thai(as_utf8: str, as_thai: str) -> bool:
    """Two Thai letters in cp874 can be one valid letter of UTF-8: `ศธ` is also `ȸ`."""
    return not thai_letters(as_utf8) and looks_thai(as_thai) and not touches_latin(as_thai)
