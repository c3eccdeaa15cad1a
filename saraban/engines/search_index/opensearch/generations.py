"""The indexes behind one name. Letters are written and found under an alias; behind it stands the live generation,
beside it at times one that is being rebuilt. Swapping the alias is one step for everyone who searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saraban.contracts.ids import new_id
from saraban.engines.search_index.opensearch.address import Address
from saraban.engines.search_index.opensearch.client import NotFoundError, RequestError
from saraban.engines.search_index.opensearch.shape import NEVER, REFRESH, settings
from saraban.journal import journal

log = journal(__name__)

FIRST = "0"
"""The generation that is made at the start: all processes name it alike, so that only one of them makes it."""

EXISTS = "resource_already_exists_exception"


class Generations:
    """The generations of the index of one prefix."""

    def __init__(self, client: Any, address: Address, fields: Sequence[str]) -> None:
        self._client, self._address, self._fields = client, address, list(fields)
        self.alias = f"{address.prefix}-letters"

    def make_ready(self) -> None:
        """See that there is a live generation, and one for our fields: one for others is replaced by an empty one."""
        try:
            (mapped,) = self._client.indices.get_mapping(index=self.alias).values()
        except NotFoundError:
            self._make_first()
            return
        if mapped["mappings"].get("_meta", {}).get("fields") != self._fields:
            log.warning("search index is for other fields, begins empty", alias=self.alias)
            self.make_live(self.make())

    def make(self) -> str:
        """A fresh, empty generation beside the live one, which shows what it holds only when asked to: showing it every
        second takes a third of the work of filling it. Answers the alias under which it is written to and found until
        it is live: only what has an alias is written to, so that nothing swept away is made again by writing to it."""
        mark = new_id()
        body = {**settings(self._address, self._fields), "aliases": {self._alias_of(mark): {}}}
        body["settings"]["refresh_interval"] = NEVER
        self._client.indices.create(index=f"{self.alias}-{mark}", body=body)
        return self._alias_of(mark)

    def make_live(self, rebuilt: str) -> None:
        """Let our alias name the generation of this alias, and drop those that were made before it. Raises
        NotFoundError when it is gone."""
        (name,) = self._client.indices.get_alias(name=rebuilt)
        self._client.indices.put_settings(index=name, body={"index": {"refresh_interval": REFRESH}})
        actions = [
            {"remove": {"index": f"{self.alias}-*", "alias": self.alias, "must_exist": False}},
            {"add": {"index": name, "alias": self.alias}},
            {"remove": {"index": name, "alias": rebuilt}},
        ]
        self._client.indices.update_aliases(body={"actions": actions})
        self._drop([one for one in self._all() if one < name])

    def sweep(self) -> None:
        """Drop what is left of rebuilds. A generation that somebody is about to make live is dropped too."""
        self._drop([one for one, about in self._all().items() if self.alias not in about["aliases"]])

    def _all(self) -> dict[str, Any]:
        params = {"filter_path": "*.aliases"}
        found: dict[str, Any] = self._client.indices.get(index=f"{self.alias}-*", params=params)
        return found

    def _drop(self, names: Sequence[str]) -> None:
        if names:
            self._client.indices.delete(index=",".join(names), params={"ignore_unavailable": "true"})

    def _alias_of(self, mark: str) -> str:
        return f"{self._address.prefix}-rebuild-{mark}"

    def _make_first(self) -> None:
        body = {**settings(self._address, self._fields), "aliases": {self.alias: {}}}
        try:
            self._client.indices.create(index=f"{self.alias}-{FIRST}", body=body)
        except RequestError as error:
            if error.error != EXISTS:
                raise
