"""The indexes behind one name. Letters are written and found under an alias; behind it stands the live generation,
beside it at times one that is being rebuilt. Swapping the alias is one step for everyone who searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saraban.contracts.ids import new_id
from saraban.engines.search_index.opensearch.address import Address
from saraban.engines.search_index.opensearch.client import NotFoundError, RequestError
from saraban.engines.search_index.opensearch.shape import settings

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
            self.make_live(self.make())

    def make(self) -> str:
        """A fresh, empty generation beside the live one; answers its name."""
        name = f"{self.alias}-{new_id()}"
        self._client.indices.create(index=name, body=settings(self._address, self._fields))
        return name

    def make_live(self, name: str) -> None:
        """Let the alias name this generation, and drop those that were made before it."""
        everyone = f"{self.alias}-*"
        actions = [{"remove": {"index": everyone, "alias": self.alias}}, {"add": {"index": name, "alias": self.alias}}]
        self._client.indices.update_aliases(body={"actions": actions})
        older = [
            one for one in self._client.indices.get(index=everyone, params={"filter_path": "*.aliases"}) if one < name
        ]
        if older:
            self._client.indices.delete(index=",".join(older), params={"ignore_unavailable": "true"})

    def _make_first(self) -> None:
        body = {**settings(self._address, self._fields), "aliases": {self.alias: {}}}
        try:
            self._client.indices.create(index=f"{self.alias}-{FIRST}", body=body)
        except RequestError as error:
            if error.error != EXISTS:
                raise
