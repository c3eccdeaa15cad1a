"""Whether a text that claims to be Thai looks like Thai, judged by where its marks and vowels stand.

Text read in the wrong character set still has Thai letters, but its marks stand without a letter and its leading vowels
lead nothing. That is enough to tell readings apart, without a dictionary.
"""

from __future__ import annotations

import re

_SYLLABLE = re.compile("[เ-ไ]{0,2}[ก-ฮ][ัิ-ฺ็-๎]{0,4}[ะาำๅ]{0,2}[่-๋]?|[ๆฯ฿๏๐-๛]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_FOREIGN = re.compile("[^\x00-\x7f\u0e01-\u0e3a\u0e3f-\u0e5b\u00a0\u2010-\u2027\u2030-\u205e\u20ac]")
_TOUCHES_LATIN = re.compile("[A-Za-z][ก-์]|[ก-์][A-Za-z]")


def thai_letters(text: str) -> int:
    """How many characters of `text` are Thai."""
    return len(_THAI.findall(text))


def misplaced(text: str) -> int:
    """How many Thai characters of `text` stand where no Thai word has them."""
    return thai_letters(_SYLLABLE.sub("", text))


def looks_thai(text: str) -> bool:
    """Whether `text` has Thai letters, nearly all well placed, and beside them only ASCII and punctuation."""
    letters = thai_letters(text)
    return letters > 0 and misplaced(text) * 12 <= letters and not _FOREIGN.search(text)


def touches_latin(text: str) -> bool:
    """Whether a Thai and a Latin letter stand side by side, as in `Cafษ`: people hardly ever write so."""
    return bool(_TOUCHES_LATIN.search(text))
