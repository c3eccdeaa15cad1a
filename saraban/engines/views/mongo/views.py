"""Reading and writing a service's views in MongoDB. `apply` is one transaction, `adopt` one renaming."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from saraban.broker.real_modules import real_modules
from saraban.broker.threads import in_thread
from saraban.engines.mongo_database import MongoDatabase, Stored, is_gone, undone
from saraban.engines.views.mongo.documents import (
    LISTS,
    Write,
    decode,
    dumped,
    found,
    place_of,
    sorted_at,
    tagged,
    text,
    written,
)
from saraban.engines.views.steps import last_changes, sorted_out
from saraban.ports import Document, Found, Step, Views

with real_modules("pymongo"):
    import time

    from bson import MaxKey
    from pymongo import ReplaceOne, errors
    from pymongo.client_session import ClientSession
    from pymongo.collection import Collection
    from pymongo.read_concern import ReadConcern

T = TypeVar("T")

POSITION = 0
"""The _id of the document that tells the position."""

TRIES = 20
"""How often something is read anew that was swapped meanwhile."""

PAUSE = 0.01
"""Seconds before it is read anew: by then a majority knows of the swap."""

PATIENCE = 20.0
"""Seconds for which a transaction is done anew."""

BATCH = 10_000
"""Documents to a message; MongoDB makes it fewer when they are large."""


class MongoViews:
    """The views of a service in a database. `generation` names the collection of a rebuild; without it they are the
    live ones."""

    def __init__(self, database: MongoDatabase, service: str, generation: str | None = None) -> None:
        self._database = database
        self._service = service
        self._documents = self._collection(generation or f"views_{service}")
        self._records = database.database[f"records_{service}"]

    @classmethod
    def at(cls, url: str, service: str) -> MongoViews:
        """The views in the database that `url` names, made when they are not there. Raises what MongoDatabase does."""
        database = MongoDatabase(url, "views")
        try:
            views = cls(database, service)
            in_thread(views._index)
        except BaseException:
            database.close()
            raise
        return views

    def get(self, table: str, key: str) -> Document | None:
        """See ViewReader."""
        return self.get_many(table, [key]).get(key)

    def get_many(self, table: str, keys: Iterable[str]) -> dict[str, Document]:
        """See ViewReader."""
        asked = [place_of(table, key) for key in keys]
        held = self._reading(lambda: _all(self._documents, {"_id": {"$in": asked}}, {"doc": 1}))
        return {stored["_id"]["k"]: decode(stored["doc"]) for stored in held}

    def find(
        self,
        table: str,
        index: str,
        values: Sequence[str],
        *,
        limit: int,
        after: tuple[str, str] | None = None,
        descending: bool = False,
    ) -> list[Found]:
        """See ViewReader. Each value is one range of the index; MongoDB merges them."""
        if limit < 1 or not values:
            return []
        asked = tagged(table, index, values)
        if after is not None:
            asked["place"] = {"$lt" if descending else "$gt": sorted_at(*after)}
        order = [("place", -1 if descending else 1)]
        page = self._reading(lambda: _all(self._documents, asked, {"doc": 1, "place": 1}, order, limit))
        return [found(stored) for stored in page]

    def count(self, table: str, index: str, values: Sequence[str], most: int | None = None) -> int:
        """See ViewReader. Counting reads the index only."""
        if not values or most == 0:
            return 0
        asked = {"query": tagged(table, index, values), "limit": most or 0}
        command = {"count": self._documents.name, **asked, "readConcern": {"level": "majority"}}
        return int(self._reading(lambda: self._database.database.command(command))["n"])

    def applied(self, streams: Iterable[str]) -> dict[str, int]:
        """See Views."""
        asked = list(streams)
        held = self._reading(lambda: self._heads(asked))
        return {stream: held.get(stream, 0) for stream in asked}

    def apply(self, steps: Sequence[Step]) -> list[str]:
        """See Views. The whole call is one transaction, which is done anew when another one came between or an election
        undid it. Of two that write the same stream, MongoDB lets one through."""
        if not steps:
            return []
        until = time.monotonic() + PATIENCE
        with self._database.translated(), self._database.session() as session:
            while True:
                try:
                    refused = self._write(session, steps)
                    _commit(session, until)
                except errors.PyMongoError as error:
                    if not undone(error) or time.monotonic() > until:
                        raise
                else:
                    return refused

    def position(self) -> int:
        """See Views."""
        found = self._reading(lambda: self._documents.find_one({"_id": POSITION}))
        return found["position"] if found else 0

    def advance(self, position: int) -> None:
        """See Views."""
        if position > self.position():
            with self._database.translated():
                self._documents.update_one({"_id": POSITION}, {"$max": {"position": position}}, upsert=True)

    def beside(self) -> MongoViews:
        """See Views. What an earlier rebuild left unfinished is swept away."""
        aside = f"views_{self._service}_beside_"
        with self._database.translated():
            for name in self._database.database.list_collection_names(filter={"name": {"$regex": f"^{aside}"}}):
                self._database.database.drop_collection(name)
        fresh = MongoViews(self._database, self._service, aside + secrets.token_hex(4))
        fresh._index()
        return fresh

    def adopt(self, rebuilt: Views) -> None:
        """See Views."""
        assert isinstance(rebuilt, MongoViews)
        with self._database.translated():
            rebuilt._documents.rename(self._documents.name, dropTarget=True)  # noqa: SLF001 - its own kind
        rebuilt._documents = self._documents  # noqa: SLF001

    def dump(self) -> Iterator[tuple[str, str, Document]]:
        """See Views."""
        with self._database.translated():
            yield from map(dumped, self._documents.find({"_id": {"$gte": {}}}, sort=[("_id", 1)]))

    def record(self, table: str, key: str) -> Document | None:
        """See Views."""
        found = self._reading(lambda: self._records.find_one({"_id": place_of(table, key)}))
        return decode(found["doc"]) if found else None

    def put_record(self, table: str, key: str, doc: Document, *, unless_exists: bool = False) -> bool:
        """See Views."""
        stored = {"_id": place_of(table, key), "doc": text(doc)}
        try:
            with self._database.translated():
                if unless_exists:
                    self._records.insert_one(stored)
                else:
                    self._records.replace_one({"_id": stored["_id"]}, stored, upsert=True)
        except errors.DuplicateKeyError:
            return False
        return True

    def delete_record(self, table: str, key: str) -> bool:
        """See Views."""
        with self._database.translated():
            return self._records.delete_one({"_id": place_of(table, key)}).deleted_count == 1

    def records(self, table: str, after: str = "", limit: int = 1000) -> list[tuple[str, Document]]:
        """See Views."""
        if limit < 1:
            return []
        asked = {"_id": {"$gt": place_of(table, after), "$lt": {"t": table, "k": MaxKey()}}}
        found = self._reading(lambda: _all(self._records, asked, None, [("_id", 1)], limit))
        return [(stored["_id"]["k"], decode(stored["doc"])) for stored in found]

    def close(self) -> None:
        """See Views."""
        self._database.close()

    def _collection(self, name: str) -> Collection[Stored]:
        """A collection whose every read sees it as it stood at one moment, however long the read takes."""
        return self._database.database.get_collection(name, read_concern=ReadConcern("snapshot"))

    def _index(self) -> None:
        """Make the one index that all lists are found by; nothing happens when it is there."""
        with self._database.translated():
            self._documents.create_index(LISTS, name="lists", sparse=True)

    def _reading(self, ask: Callable[[], T]) -> T:
        """What `ask` answers; asked again when the collection was swapped meanwhile."""
        with self._database.translated():
            for _ in range(TRIES):
                try:
                    return ask()
                except errors.PyMongoError as error:
                    if not is_gone(error):
                        raise
                    time.sleep(PAUSE)
            return ask()

    def _write(self, session: ClientSession, steps: Sequence[Step]) -> list[str]:
        """Begin a transaction and write the steps that follow on their streams; answers the streams of the others."""
        session.start_transaction(ReadConcern("snapshot"), self._database.database.write_concern)
        try:
            heads = self._heads({step.stream for step in steps}, session)
            taken, refused = sorted_out(steps, heads)
            streams = {step.stream for step in taken}
            writes: list[Write] = [ReplaceOne({"_id": one}, {"version": heads[one]}, upsert=True) for one in streams]
            writes += map(written, last_changes(taken).values())
            if writes:
                self._documents.bulk_write(writes, ordered=False, session=session)
        except BaseException:
            session.abort_transaction()
            raise
        return refused

    def _heads(self, streams: Iterable[str], session: ClientSession | None = None) -> dict[str, int]:
        found = _all(self._documents, {"_id": {"$in": list(streams)}}, session=session)
        return {stored["_id"]: stored["version"] for stored in found}


def _commit(session: ClientSession, until: float) -> None:
    """Commit; asked again while the answer is lost, which MongoDB answers as it did the first time."""
    while True:
        try:
            session.commit_transaction()
        except errors.PyMongoError as error:
            if not error.has_error_label("UnknownTransactionCommitResult") or time.monotonic() > until:
                raise
        else:
            return


def _all(
    collection: Collection[Stored],
    asked: Stored,
    fields: Stored | None = None,
    order: list[tuple[str, int]] | None = None,
    limit: int = 0,
    session: ClientSession | None = None,
) -> list[Stored]:
    """All that is found, in as few messages as it fits into."""
    return list(collection.find(asked, fields, sort=order, limit=limit, batch_size=BATCH, session=session))
