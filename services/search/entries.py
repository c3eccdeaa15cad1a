"""Making the entries of changed letters: first what they say, then its words, which a child may split meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from saraban.journal import journal
from saraban.ports import Document, Found, IndexEntry, Views
from saraban.thai.analysis import Wording, index_fields
from services.search.domain.entry import index_entry, wording
from services.search.domain.letter import Letter
from services.search.splitting import Fields, Split, Splitting
from services.search.views import LETTERS, letter_of, texts_of

log = journal(__name__)

Batch = tuple[Sequence[Found], list[IndexEntry]]
"""Changed letters, and the entries of those of which one can be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A letter with everything by which it can be found. `position` is that of its last change."""

    letter: Letter
    position: int
    wording: Wording


class Begun:
    """Entries in the making."""

    def __init__(self, worded: Sequence[Worded], split: Split) -> None:
        self._worded = worded
        self._split = split
        self._fields: Sequence[Fields | None] | None = None

    def wait(self) -> None:
        """Return once the child, if there is one, has split the words."""
        self._fields = self._split()

    def entries(self) -> list[IndexEntry]:
        """The entries of those letters of which one can be made; words that no child has split are split here."""
        if self._fields is None:
            self.wait()
        made = (_entry(one, fields) for one, fields in zip(self._worded, self._fields or (), strict=True))
        return [entry for entry in made if entry is not None]


def made(views: Views, batches: Iterable[Sequence[Found]], going: Splitting) -> Iterator[Batch]:
    """The entries of each batch, in order. While the words of one are split by a child, the next ones are read."""
    under_way: deque[tuple[Sequence[Found], Begun]] = deque()
    for rows in batches:
        under_way.append((rows, begin(views, rows, going)))
        if len(under_way) > going.children:
            first, begun = under_way.popleft()
            yield first, begun.entries()
    for rows, begun in under_way:
        yield rows, begun.entries()


def entries(views: Views, rows: Sequence[Found]) -> list[IndexEntry]:
    """The entries of changed letters, without those that cannot be made. For a few: their words are split here."""
    return [entry for one in _worded(views, rows) if (entry := _entry(one, None)) is not None]


def entry_of(views: Views, doc: Document | None, position: int) -> IndexEntry | None:
    """The letter's entry; None, and a word in the journal, when it cannot be made: one letter must not stop all."""
    one = _one_worded(views, doc, position)
    return _entry(one, None) if one is not None else None


def begin(views: Views, rows: Sequence[Found], going: Splitting) -> Begun:
    """Read changed letters and have their words split, in a child if there is much to do."""
    worded = _worded(views, rows)
    return Begun(worded, going.begin([one.wording for one in worded]))


def _worded(views: Views, rows: Sequence[Found]) -> list[Worded]:
    docs = views.get_many(LETTERS, [row.key for row in rows])
    found = (_one_worded(views, docs.get(row.key), int(row.doc["position"])) for row in rows)
    return [one for one in found if one is not None]


def _one_worded(views: Views, doc: Document | None, position: int) -> Worded | None:
    letter = letter_of(doc)
    if letter is None:
        return None
    try:
        return Worded(letter=letter, position=position, wording=wording(letter, texts_of(views, letter)))
    except (ValueError, LookupError):
        log.exception("cannot be indexed", letter_id=letter.letter_id, position=position)
        return None


def _entry(one: Worded, fields: dict[str, str] | None) -> IndexEntry | None:
    try:
        return index_entry(one.letter, index_fields(one.wording) if fields is None else fields, one.position)
    except (ValueError, LookupError):
        log.exception("cannot be indexed", letter_id=one.letter.letter_id, position=one.position)
        return None
