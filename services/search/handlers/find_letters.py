"""Finding letters by words."""

from __future__ import annotations

from typing import Any

from saraban.broker.threads import in_thread
from saraban.contracts.access import may_see
from saraban.contracts.actor import Actor
from services.search.commands import FindLetters
from services.search.desk import Desk
from services.search.domain.hit import shown_hit
from services.search.domain.marking import needles
from services.search.domain.query import index_query
from services.search.handlers.index_changed import index_changed
from services.search.views import LETTERS, letter_of, texts_of


def find_letters(desk: Desk, actor: Actor, find: FindLetters, after: int | None) -> dict[str, Any]:
    """{total, hits, flags}: hits as domain/hit.py shows them, best first. What happened up to the log position `after`
    is found, or flagged `behind` when that takes too long."""
    flags = [] if desk.caught_up(after) else ["behind"]
    if after:
        index_changed(desk)
    return {**in_thread(_found, desk, actor, find), "flags": flags}


def _found(desk: Desk, actor: Actor, find: FindLetters) -> dict[str, Any]:
    total, hits = desk.index.search(index_query(find, actor))
    docs = desk.views.get_many(LETTERS, [hit.letter_id for hit in hits])
    letters = [letter_of(docs.get(hit.letter_id)) for hit in hits]
    # The index may be a moment behind a letter that was just classified; the views decide what is shown.
    seen = [letter for letter in letters if letter is not None and may_see(actor, letter.audience)]
    wanted = needles(find.words)
    shown = [shown_hit(letter, texts_of(desk.views, letter), wanted) for letter in seen]
    return {"total": total - (len(hits) - len(seen)), "hits": shown}
