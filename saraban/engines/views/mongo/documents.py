"""What the views of a service look like in MongoDB.

`views_SERVICE` holds one generation of the derived documents and how far it has come:

    {_id: {t: table, k: key}, tags: [{t: table, n: name, v: value}, …], place: {s: sort, k: key}, doc: "{…}"}
    {_id: "letter:1", version: 7}       the version of a stream that is applied
    {_id: 0, position: 42}              the position up to which everything is

`records_SERVICE` holds the records: {_id: {t: table, k: key}, doc: "{…}"}. The documents are JSON text, because BSON
cannot carry all that JSON can. MongoDB compares two such objects field by field, and text by code point: `place` stands
in the order of (sort, key).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import msgspec

from saraban.broker.real_modules import real_modules
from saraban.engines.mongo_database import Stored
from saraban.engines.views.memory import tidy
from saraban.ports import Change, Document, Found, Put

with real_modules("pymongo"):
    from pymongo import DeleteOne, ReplaceOne

Write = ReplaceOne[Stored] | DeleteOne

LISTS = [("tags", 1), ("place", 1)]
"""The one index that all lists are found by: a tag's documents stand in it in the order of their places."""

_encode = msgspec.json.Encoder(order="deterministic").encode
decode = msgspec.json.Decoder(dict).decode


def written(change: Change) -> Write:
    """The write that a change comes to."""
    place = {"_id": place_of(change.table, change.key)}
    if not isinstance(change, Put):
        return DeleteOne(place)
    stored: Stored = {"place": sorted_at(change.sort, change.key), "doc": text(change.doc)}
    tags = [_tag(change.table, name, value) for name, values in tidy(change.index).items() for value in values]
    if tags:
        stored["tags"] = tags
    return ReplaceOne(place, stored, upsert=True)


def tagged(table: str, index: str, values: Sequence[str]) -> Stored:
    """The condition to be listed under any of the values."""
    tags = [_tag(table, index, value) for value in dict.fromkeys(values)]
    return {"tags": tags[0] if len(tags) == 1 else {"$in": tags}}


def _tag(table: str, index: str, value: str) -> Stored:
    return {"t": table, "n": index, "v": value}


def place_of(table: str, key: str) -> Stored:
    """The _id of a document or record."""
    return {"t": table, "k": key}


def sorted_at(sort: str, key: str) -> Stored:
    """Where a document stands in its lists."""
    return {"s": sort, "k": key}


def text(doc: Document) -> str:
    """A document as it is kept."""
    return _encode(doc).decode()


def found(stored: Stored) -> Found:
    """What a find answers of a document."""
    return Found(key=stored["place"]["k"], sort=stored["place"]["s"], doc=decode(stored["doc"]))


def dumped(stored: Stored) -> tuple[str, str, Document]:
    """What a dump tells of a document."""
    tags = groupby(stored.get("tags", ()), key=lambda tag: tag["n"])
    index = {name: [tag["v"] for tag in group] for name, group in tags}
    told = {"doc": decode(stored["doc"]), "index": index, "sort": stored["place"]["s"]}
    return stored["_id"]["t"], stored["_id"]["k"], told
