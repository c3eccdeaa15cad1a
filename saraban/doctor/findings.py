"""How the doctor tells what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How bad it is: `well`, `notice` (good to know), `wrong` (to be put right)."""

    WELL = "well"
    NOTICE = "notice"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a look found. `th` and `en` say what is the case, `todo_th` and `todo_en` what to do."""

    look: str
    level: Level
    th: str
    en: str
    todo_th: str = ""
    todo_en: str = ""

    def wire(self) -> dict[str, Any]:
        """As JSON tells it."""
        told = {"look": self.look, "level": self.level.value, "th": self.th, "en": self.en}
        return {**told, "todo": {"th": self.todo_th, "en": self.todo_en}} if self.todo_en else told

    def lines(self) -> list[str]:
        """As a terminal tells it."""
        sign = {Level.WELL: "✓", Level.NOTICE: "·", Level.WRONG: "✗"}[self.level]
        todo = [f"    → {self.todo_th}", f"    → {self.todo_en}"] if self.todo_en else []
        return [f"{sign} {self.look}: {self.th}", f"    {self.en}", *todo]


def well(look: str, th: str, en: str) -> Finding:
    """All is well there."""
    return Finding(look=look, level=Level.WELL, th=th, en=en)


def notice(look: str, said: tuple[str, str], todo: tuple[str, str] = ("", "")) -> Finding:
    """Something that is good to know; `said` and `todo` in Thai and English."""
    return Finding(look=look, level=Level.NOTICE, th=said[0], en=said[1], todo_th=todo[0], todo_en=todo[1])


def wrong(look: str, said: tuple[str, str], todo: tuple[str, str]) -> Finding:
    """Something to be put right; `said` and `todo` in Thai and English."""
    return Finding(look=look, level=Level.WRONG, th=said[0], en=said[1], todo_th=todo[0], todo_en=todo[1])
