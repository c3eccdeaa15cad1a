"""Words of running text, by the dictionary: Thai writes no space between them.

nlpo3 cuts with pythainlp's word list. Importing pythainlp would make a folder in the user's home, so only the path of
its list is looked up. The list is loaded on first use (about 0.15 s) and stays.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_DICTIONARY = "saraban"


def segment(text: str) -> list[str]:
    """The pieces of `text` in order, spaces and punctuation included: joined they are `text` again."""
    if not text:
        return []
    # nlpo3's `safe` mode loses characters; without it the time stays linear on every hostile text tried.
    pieces: list[str] = _cutter()(text, _DICTIONARY)
    return pieces


@cache
def word_list() -> frozenset[str]:
    """Every word that the dictionary holds, for telling real words from broken ones."""
    return frozenset(_list_path().read_text(encoding="utf-8").split("\n"))


@cache
def _cutter() -> Callable[[str, str], list[str]]:
    from nlpo3 import load_dict, segment

    load_dict(str(_list_path()), _DICTIONARY)
    cut: Callable[[str, str], list[str]] = segment
    return cut


def _list_path() -> Path:
    package = find_spec("pythainlp")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pythainlp, whose word list cuts Thai text, is not installed")
    return Path(package.origin).parent / "corpus" / "words_th.txt"
