"""What an index holds of a text, and what a query asks of it. One analysis for every search engine, so all find alike.

A text becomes ready-made tokens in these fields:

- `words`: dictionary words, Latin words and runs of digits, of everything; stop words stay.
- `grams`: every three neighbouring letters or digits. Spaces, line breaks and punctuation are left out first, so a
  phrase matches however it is spaced or broken over lines, and from the middle of a word.
- `title`: the words of the subject and the sender again, which count for more than the body.
- `numbers`: whole letter numbers and their telling ends, in the form of `letter_number_key`.

A query is words (any of them) + 0.5 × each two neighbouring words in a row + 3 × each of its phrases as trigrams in a
row, a mix that on 7,993 Thai documents put 99.8 % of phrases copied from mid-word and 96.8 % of questions among the
first ten; words alone 69 %. Neighbours are asked for as phrases: pairs as tokens made an index 3 times slower to write.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from saraban.ports import Clause
from saraban.thai.search_key import letter_number_key, search_key
from saraban.thai.words import segment

Token = TypeVar("Token", bound=Hashable)

VERSION = 1
"""Counts up when tokens change; an index made by another version is made anew."""

FIELDS = ("words", "grams", "title", "numbers")

WORD_BOOST, PAIR_BOOST, TITLE_BOOST, PHRASE_BOOST, NUMBER_BOOST = 1.0, 0.5, 2.0, 3.0, 8.0

_TEXTS_APART = "|"
_CODE_POINT, _CODE_POINTS, _SPACE = "I", "utf-32-" + sys.byteorder[0] + "e", ord(" ")
_LONGEST_NUMBER = 4
_LOST_SARA_AM = re.compile("(?<=[ก-ฮ])([่-๋]?) า")
_NO_LETTER = re.compile(r"[^\wัิ-ฺ็-๎]|_")
_RUN = re.compile(r"(?P<thai>[ก-ฺเ-ๅ็-๎]+)|[^\W\d_\u0e00-\u0e7f]+|\d+")
_FIRST_DIGIT = re.compile(r"\d.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The texts of one letter. `titles` (subject, sender) count for more; `numbers` are letter and register numbers as
    written; `texts` is everything else that can be found, each text on its own."""

    titles: Sequence[str]
    numbers: Sequence[str]
    texts: Sequence[str]


def index_fields(wording: Wording) -> dict[str, str]:
    """The tokens of a letter, by field, with a space between each two."""
    keys = [text_key(text) for text in (*wording.titles, *wording.numbers, *wording.texts)]
    words = [" ".join(word_tokens(key)) for key in keys]
    return {
        "words": _apart(words),
        "grams": _apart(map(_gram_text, keys)),
        "title": " ".join(text for text in words[: len(wording.titles)] if text),
        "numbers": " ".join(token for number in wording.numbers for token in number_tokens(number)),
    }


def query_clauses(text: str) -> tuple[Clause, ...]:
    """How to look for what someone typed; no clause when it holds no letter and no digit."""
    key = text_key(text)
    words = word_tokens(key)
    wanted = (
        Clause(field="words", terms=unique(words), phrase=False, boost=WORD_BOOST),
        Clause(field="title", terms=unique(words), phrase=False, boost=TITLE_BOOST),
        *(Clause(field="words", terms=pair, phrase=True, boost=PAIR_BOOST) for pair in unique(pairwise(words))),
        Clause(field="numbers", terms=unique(_possible_numbers(key)), phrase=False, boost=NUMBER_BOOST),
        *(Clause(field="grams", terms=gram_tokens(phrase), phrase=True, boost=PHRASE_BOOST) for phrase in phrases(key)),
    )
    return tuple(clause for clause in wanted if clause.terms)


def text_key(text: str) -> str:
    """The search key, with the ำ that some PDF files lose as a space and า put back: here only, never in what is
    shown."""
    key = search_key(text)
    return _LOST_SARA_AM.sub(r"\1ำ", key) if " า" in key else key


def word_tokens(key: str) -> list[str]:
    """The words and numbers of a text key, in order."""
    words: list[str] = []
    for run in _RUN.finditer(key):
        if run["thai"]:
            words.extend(segment(run[0]))
        else:
            words.append(run[0])
    return words


def gram_tokens(key: str) -> list[str]:
    """Every three neighbouring letters or digits of a text key, over spaces and punctuation; none when shorter."""
    return _gram_text(key).split()


def letters_only(key: str) -> str:
    """The letters, marks and digits of a text key, without what stands between them."""
    return _NO_LETTER.sub("", key)


def number_tokens(number: str) -> list[str]:
    """A letter's number in the forms by which people ask for it: whole (`ศธ04009/ว1234`), without the letters of the
    ministry (`04009/ว1234`), and its end with and without the slash (`/ว1234`, `ว1234`)."""
    key = letter_number_key(number)
    digits = _FIRST_DIGIT.search(key)
    _, slash, end = key.rpartition("/")
    forms = (key, digits[0] if digits else "", slash + end, end)
    return unique(form for form in forms if form.strip("/"))


def phrases(key: str) -> list[str]:
    """What should stand in one piece: each part between spaces, and the whole when it has several parts."""
    parts = key.split()
    whole = [key] if len(parts) > 1 else []
    return [phrase for phrase in (*parts, *whole) if len(letters_only(phrase)) >= 3]


def unique(tokens: Iterable[Token]) -> list[Token]:
    """The tokens, each once, in order of first appearance."""
    return list(dict.fromkeys(tokens))


def _gram_text(key: str) -> str:
    """The trigrams of a text key with a space between each two. Put together letter by letter as numbers, since making
    one object for each trigram of a page takes ten times as long."""
    letters = array(_CODE_POINT, letters_only(key).encode(_CODE_POINTS))
    grams = array(_CODE_POINT, [_SPACE]) * (4 * (len(letters) - 2) - 1)
    grams[0::4], grams[1::4], grams[2::4] = letters[:-2], letters[1:-1], letters[2:]
    return grams.tobytes().decode(_CODE_POINTS)


def _apart(texts: Iterable[str]) -> str:
    """The tokens of all texts, with something between two texts that no phrase can reach across."""
    return " ".join(f"{tokens} {_TEXTS_APART}" for tokens in texts if tokens)


def _possible_numbers(key: str) -> Iterator[str]:
    """Every few neighbouring parts of a query that could together be a letter's number."""
    parts = key.split()
    for start in range(len(parts)):
        for end in range(start + 1, min(start + _LONGEST_NUMBER, len(parts)) + 1):
            candidate = letter_number_key("".join(parts[start:end]))
            if _FIRST_DIGIT.search(candidate):
                yield candidate
