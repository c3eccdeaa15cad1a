"""Comparing the index with the views: does it hold each letter as it last changed, and no other?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from saraban.broker.threads import in_thread
from saraban.contracts.errors import Unavailable
from services.search.desk import Desk
from services.search.entries import entry_of
from services.search.handlers.index_changed import index_changed, indexing_turn, take_changed
from services.search.progress import START, Place, place_of
from services.search.splitting import splitting
from services.search.views import CHANGED, LETTERS, YES

PAGE = 1000
SHOWN = 20
"""How many letters of each kind are told."""


@dataclass(slots=True, kw_only=True)
class Compared:
    """What a comparison found. `letters`: how many the views know. Ids, at most SHOWN of each: `missing` in the index,
    `superfluous` there, and `outdated`, held as they were at another change."""

    letters: int
    missing: list[str] = field(default_factory=list)
    superfluous: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)

    @property
    def alike(self) -> bool:
        """Whether the index holds what the views say."""
        return not (self.missing or self.superfluous or self.outdated)


def compare_index(desk: Desk) -> Compared:
    """Bring the index up to the views and compare. Letters that change meanwhile are looked at once more while nobody
    writes. Raises Unavailable when others write without end."""
    index_changed(desk)
    letters, suspects = in_thread(_suspects, desk)
    if not suspects:
        return Compared(letters=letters)
    with indexing_turn(desk) as mine:
        if not mine:
            raise Unavailable({"what": "search index: another process is writing"})
        with splitting(desk.split) as going:
            while take_changed(desk, going):
                continue
        return in_thread(_verdict, desk, letters, suspects, desk.follower.position)


def _suspects(desk: Desk) -> tuple[int, list[str]]:
    """How many letters there are, and those that do not look alike."""
    letters, suspects = 0, list(_superfluous(desk))
    for wanted in _pages(desk):
        held = desk.index.versions(list(wanted))
        letters += len(wanted)
        suspects += [letter_id for letter_id, version in wanted.items() if held.get(letter_id) != version]
    return letters, suspects


def _pages(desk: Desk) -> Iterator[dict[str, int]]:
    """Letter id → the log position of its last change."""
    after: Place = START
    while rows := desk.views.find(CHANGED, "all", YES, after=after, limit=PAGE):
        yield {row.key: int(row.doc["position"]) for row in rows}
        after = place_of(rows, after)


def _superfluous(desk: Desk) -> Iterator[str]:
    for ids in _cut(letter_id for letter_id, _ in desk.index.held()):
        known = desk.views.get_many(CHANGED, ids)
        yield from (letter_id for letter_id in ids if letter_id not in known)


def _verdict(desk: Desk, letters: int, suspects: Sequence[str], position: int) -> Compared:
    found = Compared(letters=letters)
    for ids in _cut(iter(suspects)):
        held, docs = desk.index.versions(ids), desk.views.get_many(CHANGED, ids)
        for letter_id in ids:
            wanted = int(docs[letter_id]["position"]) if letter_id in docs else None
            if wanted is None or wanted <= position:
                _judge(desk, found, letter_id, wanted, held.get(letter_id))
    return found


def _judge(desk: Desk, found: Compared, letter_id: str, wanted: int | None, held: int | None) -> None:
    if wanted == held:
        return
    if wanted is None:
        _tell(found.superfluous, letter_id)
    elif held is not None:
        _tell(found.outdated, letter_id)
    elif len(found.missing) < SHOWN and entry_of(desk.views, desk.views.get(LETTERS, letter_id), wanted) is not None:
        found.missing.append(letter_id)


def _tell(ids: list[str], letter_id: str) -> None:
    if len(ids) < SHOWN:
        ids.append(letter_id)


def _cut(ids: Iterable[str]) -> Iterator[list[str]]:
    coming = iter(ids)
    while page := list(islice(coming, PAGE)):
        yield page
