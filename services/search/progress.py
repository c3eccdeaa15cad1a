"""How far the index has come: a record beside the views, written after the index itself by whoever has the turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saraban.ports import Found, Views
from services.search.views import CHANGED, YES, place

STATE, INDEX = "state", "index"

Place = tuple[str, str]
"""A place in the queue of changed letters: log position as text, letter id."""

START: Place = (place(0), "")
BEHIND_ALL = "~"
"""Sorts behind every letter's id."""

DISTRUSTED = 0
"""The analysis of an index that is to be made anew, whichever made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`reached`: the place up to which every changed letter was taken into the index. `analysis`: the version of the
    analysis by which it was made. `back`: the lowest place that the indexer went back to since a rebuild began."""

    reached: Place = START
    analysis: int = DISTRUSTED
    back: Place | None = None


def progress(views: Views) -> Progress:
    """What was remembered last."""
    doc = views.record(STATE, INDEX)
    if doc is None:
        return Progress()
    back = doc.get("back")
    return Progress(
        reached=(doc["sort"], doc["key"]), analysis=doc["analysis"], back=(back[0], back[1]) if back else None
    )


def remember(views: Views, made: Progress) -> None:
    """Remember it. Only within a turn."""
    sort, key = made.reached
    views.put_record(STATE, INDEX, {"sort": sort, "key": key, "analysis": made.analysis, "back": made.back})


def changed_after(views: Views, after: Place, position: int, limit: int) -> list[Found]:
    """Letters behind a place that changed up to a log position which the views are known to hold whole, in the order
    of the log."""
    rows = views.find(CHANGED, "all", YES, after=after, limit=limit)
    return [row for row in rows if row.sort <= place(position)]


def place_of(rows: Sequence[Found], otherwise: Place) -> Place:
    """The place of the last one."""
    return (rows[-1].sort, rows[-1].key) if rows else otherwise
