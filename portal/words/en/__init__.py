"""The English words of the pages."""

from __future__ import annotations

from portal.words.en.events import EVENTS
from portal.words.en.frame import FRAME
from portal.words.en.house import HOUSE
from portal.words.en.letters import LETTERS
from portal.words.en.registry import REGISTRY
from portal.words.en.work import WORK
from portal.words.en.writing import WRITING

WORDS: dict[str, str] = {**FRAME, **LETTERS, **WORK, **REGISTRY, **WRITING, **HOUSE, **EVENTS}
"""Every key of the pages with its English words."""
