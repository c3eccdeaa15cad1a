"""ถ้อยคำภาษาไทย: the Thai words of the pages."""

from __future__ import annotations

from portal.words.th.events import EVENTS
from portal.words.th.frame import FRAME
from portal.words.th.house import HOUSE
from portal.words.th.letters import LETTERS
from portal.words.th.registry import REGISTRY
from portal.words.th.work import WORK
from portal.words.th.writing import WRITING

WORDS: dict[str, str] = {**FRAME, **LETTERS, **WORK, **REGISTRY, **WRITING, **HOUSE, **EVENTS}
"""Every key of the pages with its Thai words."""
