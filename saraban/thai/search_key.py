"""Forms under which text is compared when searching; never shown to anyone."""

from __future__ import annotations

import re

from saraban.thai.normal_form import FOREIGN, normal_form
from saraban.thai.numbers import TO_ARABIC

_FOLDED = {chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)} | TO_ARABIC
_FOLDING = re.compile("[！-～๐-๙]")
_LEADING_THI = re.compile("^(?:ที่)+")


def search_key(text: str) -> str:
    """The normal form with full-width letters folded, Thai digits as 0 to 9, case folded, runs of white space as one
    space and none at the ends. Doing it twice changes nothing more."""
    once = _fold(normal_form(text))
    while FOREIGN.search(once) and (again := _fold(normal_form(once))) != once:
        once = again
    return once


def letter_number_key(number: str) -> str:
    """The search key of a letter's number without a leading `ที่` and without spaces: `ที่ ศธ ๐๔๐๐๙/ว ๑๒๓๔` becomes
    `ศธ04009/ว1234`. The `ว` of a circular stays, so `/123` and `/ว123` differ."""
    return _LEADING_THI.sub("", search_key(number).replace(" ", ""))


def _fold(text: str) -> str:
    return " ".join(_FOLDING.sub(lambda found: _FOLDED[found[0]], text).casefold().split())
