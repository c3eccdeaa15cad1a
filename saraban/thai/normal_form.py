"""One spelling for what looks the same: the form in which Thai text is stored (the raw text is kept beside it).

Keyboards, scanners' text layers and old systems write the same word in several ways (`นํ้า`, `น้ํา`, `นำ้`). The normal
form is NFC, never NFKC, which would split every ำ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UPPER_VOWELS = "ิีึื"
_TONES_AND_SILENCER = "่้๊๋์"

# Glyph codes that Windows fonts of the 1990s kept in the private use area, as drawn after a tall or descending letter.
_PRIVATE_GLYPHS = dict(
    zip(
        map(chr, range(0xF700, 0xF71B)),
        ("ฐ", *_UPPER_VOWELS, *_TONES_AND_SILENCER, *_TONES_AND_SILENCER, *"ญัํ็", *_TONES_AND_SILENCER, *"ฺุู"),
        strict=True,
    )
)
_INVISIBLE = dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "")
_REPLACED = {**_PRIVATE_GLYPHS, **_INVISIBLE, "\u00a0": " "}
_STRANGE = re.compile(f"[{''.join(_REPLACED)}]")

# Only marks of other scripts (not ASCII, Thai or general punctuation) can make a second pass necessary.
FOREIGN = re.compile("[^\x00-\x7f\u0e00-\u0e7f\u2010-\u205f]")

_MARK_RUN = re.compile("[ะัาำิ-ฺ็-๎]{2,}")
_TONE_BEFORE_VOWEL = re.compile("([่-์]+)([ัิ-ฺ็ํ]+)")
_FOLLOWER_BEFORE_TONE = re.compile("([ะาำ]+)([่-๋]+)")
_SPLIT_AM = re.compile("ํ([่-๋]*)า")
_DOUBLED_AM = re.compile("[ํำ]+ำ|ำา+")
_DOUBLED_MARK = re.compile(r"([ัิ-ฺ็-๎])\1+")
_LONE_LAKKHANG = re.compile("(?<![ฤฦ])ๅ")


def normal_form(text: str) -> str:
    """`text` in the form for storing. Doing it twice changes nothing more."""
    if text.isascii():
        return text
    once = _normalise(text)
    while FOREIGN.search(once) and (again := _normalise(once)) != once:
        once = again
    return once


def _normalise(text: str) -> str:
    text = unicodedata.normalize("NFC", _STRANGE.sub(lambda found: _REPLACED[found[0]], text))
    text = text.replace("เเ", "แ")
    if "ๅ" in text:
        text = _LONE_LAKKHANG.sub("า", text)
    return unicodedata.normalize("NFC", _MARK_RUN.sub(lambda run: _tidy(run[0]), text))


@lru_cache(maxsize=4096)
def _tidy(marks: str) -> str:
    """A run of marks and following vowels in the order vowel, tone, follower, each mark once."""
    while (tidied := _tidy_once(marks)) != marks:
        marks = tidied
    return marks


def _tidy_once(marks: str) -> str:
    marks = _FOLLOWER_BEFORE_TONE.sub(r"\2\1", marks)
    marks = _TONE_BEFORE_VOWEL.sub(r"\2\1", marks)
    marks = _SPLIT_AM.sub(r"\1ำ", marks)
    marks = _DOUBLED_AM.sub("ำ", marks)
    return unicodedata.normalize("NFC", _DOUBLED_MARK.sub(r"\1", marks))
