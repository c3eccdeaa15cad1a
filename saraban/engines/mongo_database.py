"""A MongoDB database as the engines use it: written by a majority and its journals, read from what a majority has.

What a majority has written to its journals outlives the loss of any minority, and nothing else is ever read here, so
nothing that was seen can be taken back by an election. Everything is asked of the primary.

The driver is imported with real threads and sockets, also where eventlet has patched them: call it inside `in_thread`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from saraban.broker.real_modules import real_modules
from saraban.broker.threads import in_thread
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreAlone, StoreFull
from saraban.contracts.errors.settings import AddressNotValid

with real_modules("pymongo", "bson"):
    from pymongo import MongoClient, ReadPreference, errors
    from pymongo.client_session import ClientSession
    from pymongo.database import Database
    from pymongo.read_concern import ReadConcern
    from pymongo.uri_parser import parse_uri
    from pymongo.write_concern import WriteConcern

Stored = dict[str, Any]

NAME = "saraban"
"""The database, when the URL names none."""

SELECTION_SECONDS = 8.0
"""How long a call waits for a primary: an election takes less, unless several follow each other."""

MAJORITY_SECONDS = 20.0
"""How long a write waits for the majority before its outcome counts as unknown."""

SOCKET_SECONDS = 60.0
"""How long a server may be silent over one call."""

DISK_FULL = {14031, 28}
DUPLICATE_KEY = 11000
GONE = {43, 175, 246}
"""Error codes: cursor not found, query plan killed, snapshot unavailable."""

REFUSED = {13, 18, 8000}
"""Error codes of wrong or missing rights."""

NOT_YET = {50, 112, 133, 134, 211, 262}
"""Error codes that go away: out of time, write conflict, no member to read from, nothing agreed on yet by a majority, a
new primary without the keys to the others' clocks."""

PASSING = ("TransientTransactionError", "UnknownTransactionCommitResult", "RetryableWriteError")
"""Labels of errors that pass by themselves."""


class MongoDatabase:
    """The database that a URL `mongodb://user:password@host,host/name?replicaSet=…` names; any thread may use it.

    Opening it raises AddressNotValid for what is no such URL, naming the `setting` that it came from; Unavailable when
    no primary answers; StoreAlone when the server belongs to no replica set."""

    def __init__(self, url: str, setting: str) -> None:
        told = _parsed(url, setting)
        hosts = ",".join(f"{host}:{port}" for host, port in told["nodelist"])
        self.place = f"{hosts}/{told['database'] or NAME}"
        with self.translated():
            self._client: MongoClient[Stored] = MongoClient(
                url,
                appname="saraban",
                retryReads=True,
                retryWrites=True,
                serverSelectionTimeoutMS=_milliseconds(SELECTION_SECONDS),
                connectTimeoutMS=_milliseconds(SELECTION_SECONDS),
                socketTimeoutMS=_milliseconds(SOCKET_SECONDS),
            )
        self.database: Database[Stored] = self._client.get_database(
            told["database"] or NAME,
            read_preference=ReadPreference.PRIMARY,
            read_concern=ReadConcern("majority"),
            write_concern=WriteConcern(w="majority", j=True, wtimeout=_milliseconds(MAJORITY_SECONDS)),
        )
        try:
            in_thread(self._refuse_alone)
        except BaseException:
            self.close()
            raise

    def session(self) -> ClientSession:
        """A session, for a transaction."""
        return self._client.start_session()

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Raise Unavailable for what passes by itself and StoreFull for a full disk, as every engine does; any other
        error of the driver stays what it is."""
        try:
            yield
        except errors.PyMongoError as error:
            if _code(error) in DISK_FULL:
                raise StoreFull({"path": self.place}) from error
            if passes(error):
                raise Unavailable({"what": f"MongoDB {self.place}: {_short(error)}"}) from error
            raise

    def close(self) -> None:
        """Let go of all connections."""
        in_thread(self._client.close)

    def _refuse_alone(self) -> None:
        with self.translated():
            told = self.database.command("hello")
        if "setName" not in told:
            raise StoreAlone({"path": self.place})


def _parsed(url: str, setting: str) -> Mapping[str, Any]:
    """The parts of a URL. What is wrong with it is told without the URL, which holds a password."""
    try:
        return parse_uri(url)
    except (errors.PyMongoError, ValueError):
        reason = "mongodb://user:password@host:port/name?replicaSet=name"
        raise AddressNotValid({"setting": setting, "reason": reason}) from None


def passes(error: errors.PyMongoError) -> bool:
    """Whether the same call may succeed later: the server is away, an election is on, or it waits for a password that
    an operator has to set right. Whether it was carried out is then unknown."""
    kinds = (errors.ConnectionFailure, errors.ExecutionTimeout, errors.WTimeoutError, errors.WriteConcernError)
    if isinstance(error, errors.BulkWriteError) and not _refused_writes(error):
        return True
    labelled = any(map(error.has_error_label, PASSING))
    return isinstance(error, kinds) or labelled or _code(error) in REFUSED | NOT_YET | GONE


def is_duplicate(error: errors.PyMongoError) -> bool:
    """Whether a unique index refused a document."""
    return _code(error) == DUPLICATE_KEY


def undone(error: errors.PyMongoError) -> bool:
    """Whether a transaction was undone because another one came between, or an election: it may be done anew. Where
    two insert the same document at once, MongoDB calls it a duplicate."""
    return error.has_error_label("TransientTransactionError") or is_duplicate(error)


def is_gone(error: errors.PyMongoError) -> bool:
    """Whether what was being read was dropped or swapped meanwhile, so that it must be read anew."""
    return _code(error) in GONE


def _code(error: errors.PyMongoError) -> int | None:
    if isinstance(error, errors.BulkWriteError):
        refused = _refused_writes(error)
        return refused[0].get("code") if refused else None
    return getattr(error, "code", None)


def _refused_writes(error: errors.BulkWriteError) -> list[Stored]:
    refused: list[Stored] = (error.details or {}).get("writeErrors", [])
    return refused


def _short(error: errors.PyMongoError) -> str:
    return f"{type(error).__name__}: {str(error).partition(', Timeout:')[0][:300]}"


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)
