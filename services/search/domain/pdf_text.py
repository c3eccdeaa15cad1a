"""Putting right what PDF files do to Thai text (spaces before marks, lines broken inside sentences), and judging how
good a page's text is."""

from __future__ import annotations

import re
from itertools import pairwise

from saraban.thai.words import segment, word_list

SAMPLE = 3000
"""Letters of a page by which it is judged."""

_JUNK = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|[\r\n\x0c\u2028\u2029])")
_STRAY_MARK = re.compile("(?<=[ก-๎]) +([ัิ-ฺ็-๎]+) (?=[ก-ฮ])")
_SPACE_BEFORE_MARK = re.compile("(?<=[ก-๎]) +(?=[ัำิ-ฺ็-๎])")
_SARA_AM_LOST = re.compile("(?<=[ก-ฮ])[่-๋]? า")
_BLANK_LINES = re.compile(r"\n{3,}")
_THAI_END, _THAI_START = re.compile("[ก-๎]$"), re.compile("[ก-ฮเ-ไ]")
_HEADING = re.compile(r"(?:เรื่อง|เรียน|กราบเรียน|อ้างถึง|สิ่งที่ส่งมาด้วย|ขอแสดงความนับถือ)(?:\s|$)")
"""What begins a line of its own in a letter (แบบที่ 1), however long the line before is."""

_WRAPPED = 0.7
"""A line as long as this part of the page's longest was broken by the margin; a shorter one was meant to end there."""

_LETTERS = re.compile("[^\\W\\d_]|[ัิ-ฺ็-๎]|[\ue000-\uf8ff\ufffd]")
_WRONG = re.compile("(?<![ก-๎])[ะ-ฺๅ็-๎]|[\ue000-\uf8ff\ufffd]")
_THAI_RUN = re.compile("[ก-ฺเ-ๅ็-๎]+")
_WRONG_COUNTS = 8.0
_NAMES_AND_SUCH = 0.3


def cleaned(raw: str) -> str:
    """A page's text as it can be shown and stored."""
    text = _LINE_END.sub("\n", _JUNK.sub("", raw))
    text = _STRAY_MARK.sub(r"\1", text.replace("\u00a0", " "))
    text = _SPACE_BEFORE_MARK.sub("", text)
    return _BLANK_LINES.sub("\n\n", _joined(text)).strip()


def lost_sara_am(text: str) -> bool:
    """Whether a cleaned page shows ำ as a space and า."""
    return bool(_SARA_AM_LOST.search(text))


def quality(text: str) -> float:
    """How much of a page are real words, 0 to 1: orphan marks, private glyphs and replacement characters count eight
    times; of the Thai letters, 30 % may be outside the dictionary (names, abbreviations) without harm. 1 for a page
    without letters."""
    sample = text[:SAMPLE]
    letters = len(_LETTERS.findall(sample))
    if not letters:
        return 1.0
    wrong = _WRONG_COUNTS * len(_WRONG.findall(sample)) / letters
    strange = max(0.0, _unknown_share(sample) - _NAMES_AND_SUCH)
    return round(max(0.0, 1.0 - wrong - strange), 2)


def _unknown_share(text: str) -> float:
    words = [word for run in _THAI_RUN.findall(text) for word in segment(run)]
    total = sum(map(len, words))
    known = word_list()
    return sum(len(word) for word in words if word not in known) / total if total else 0.0


def _joined(text: str) -> str:
    """The text with lines put together that the margin broke between two Thai letters."""
    lines = text.split("\n")
    longest = max(map(len, lines))
    joined = lines[0]
    for before, line in pairwise(lines):
        reaches_margin = len(before) >= longest * _WRAPPED and _THAI_END.search(before)
        goes_on = reaches_margin and _THAI_START.match(line) and not _HEADING.match(line)
        joined += line if goes_on else f"\n{line}"
    return joined
