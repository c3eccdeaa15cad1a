"""Search's entry points: parse, call, answer. They decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saraban.broker.bells import every
from saraban.broker.desk import furnished
from saraban.broker.following import Following
from saraban.broker.rpc import rpc
from saraban.contracts.actor import from_wire
from services.search import handlers
from services.search.bootstrap import INDEX_BELL, furnish
from services.search.commands import FindLetters

Wire = dict[str, Any]


class SearchService(Following):
    """The service `search`."""

    name = "search"
    desk = furnished(furnish)

    @rpc
    def search(
        self,
        actor: Wire,
        q: str,
        facets: dict[str, list[str]] | None = None,
        limit: int = 20,
        offset: int = 0,
        after: int | None = None,
    ) -> Wire:
        """Letters that hold the words of `q` and that the actor may see."""
        find = FindLetters(words=q, facets=facets or {}, limit=limit, offset=offset)
        return handlers.find_letters(self.desk.desk, from_wire(actor), find, after)

    @rpc
    def replay_views(self, actor: Mapping[str, Any], *, check_only: bool) -> Wire:
        """The same as elsewhere, and for the index too. For administrators."""
        views = super().replay_views(actor, check_only=check_only)
        index = handlers.replay_index(self.desk.desk, check_only=check_only)
        return {**views, "alike": views["alike"] and index["alike"], "index": index}

    @every("sweep_seconds", bell=INDEX_BELL)
    def index_changed(self) -> None:
        """Take changed letters into the index."""
        self.desk.index_changed()

    @every("sweep_seconds")
    def mend_index(self) -> None:
        """Have an index that is not to be trusted made anew."""
        self.desk.mend_index()

    @every("sweep_seconds")
    def read_waiting(self) -> None:
        """Read files that were left over."""
        self.desk.read_waiting()
