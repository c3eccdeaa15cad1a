"""The office's words on the pages, Thai first, English on request: one table for each language, with the same keys."""

from __future__ import annotations

from portal.words.en import WORDS as ENGLISH
from portal.words.th import WORDS as THAI

LANGUAGES = {"th": THAI, "en": ENGLISH}
"""Language → its table. Thai is what a page speaks when nobody asked for another."""


def say(language: str, key: str, **values: object) -> str:
    """The words of `key` with `values` filled in. Raises KeyError when the table has no such key."""
    return LANGUAGES[language][key].format_map(values)


def name_of(language: str, group: str, value: str) -> str:
    """The name of one value of a group, such as `urgency` and `urgent`; the value itself when the table, which may be
    older than the services, does not know it."""
    return LANGUAGES[language].get(f"{group}.{value}", value)
