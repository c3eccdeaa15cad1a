"""A service's views in one SQLite file.

Each generation of the derived documents carries its number in every key, so that a rebuild grows beside the live one
and the swap is one written number. A list is found by one range of `entries` for each value, merged: its cost depends
on the page, not on what lies behind it.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path

import msgspec

from saraban.engines.sqlite_file import SqliteFile, delete, insert
from saraban.engines.views.memory import tidy
from saraban.engines.views.steps import last_changes, sorted_out
from saraban.ports import Change, Document, Found, Put, Step, Views

SCHEMA = """
CREATE TABLE generations (generation INTEGER PRIMARY KEY, live INTEGER NOT NULL, position INTEGER NOT NULL) STRICT;
CREATE TABLE applied (
    generation INTEGER, stream TEXT, version INTEGER NOT NULL, PRIMARY KEY (generation, stream)
) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    generation INTEGER, shelf TEXT, key TEXT, doc TEXT NOT NULL, indexed TEXT NOT NULL, sort TEXT NOT NULL,
    PRIMARY KEY (generation, shelf, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE entries (
    generation INTEGER, shelf TEXT, name TEXT, value TEXT, sort TEXT, key TEXT,
    PRIMARY KEY (generation, shelf, name, value, sort, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE records (shelf TEXT, key TEXT, doc TEXT NOT NULL, PRIMARY KEY (shelf, key)) STRICT, WITHOUT ROWID;
INSERT INTO generations VALUES (1, 1, 0)
"""

LIVE = "SELECT generation FROM generations WHERE live = 1"
THIS_ONE = f"coalesce(?, ({LIVE}))"
"""The generation that a reader is fixed to, or else the live one, in a statement that stands alone."""
IN_PLACE = "generation = ? AND shelf = ? AND name = ? AND value = ?"
UPWARDS = f"SELECT sort, key FROM entries WHERE {IN_PLACE} AND (sort, key) > (?, ?) ORDER BY sort, key LIMIT ?"
DOWNWARDS = (
    f"SELECT sort, key FROM entries WHERE {IN_PLACE} AND (sort, key) < (?, ?) ORDER BY sort DESC, key DESC LIMIT ?"
)
FROM_TOP = f"SELECT sort, key FROM entries WHERE {IN_PLACE} ORDER BY sort DESC, key DESC LIMIT ?"
FROM_BOTTOM = f"SELECT sort, key FROM entries WHERE {IN_PLACE} ORDER BY sort, key LIMIT ?"
COUNT = f"SELECT count(*) FROM (SELECT 1 FROM entries WHERE {IN_PLACE} LIMIT ?)"
COUNT_DISTINCT = """
SELECT count(*) FROM (
    SELECT DISTINCT key FROM entries
    WHERE generation = ? AND shelf = ? AND name = ? AND value IN (SELECT value FROM json_each(?)) LIMIT ?
)
"""
NO_LIMIT = -1
DOCS = f"""
SELECT key, CAST(doc AS BLOB) FROM documents
WHERE generation = {THIS_ONE} AND shelf = ? AND key IN (SELECT value FROM json_each(?))
"""
SHELVED = """
SELECT key, CAST(indexed AS BLOB), sort FROM documents
WHERE generation = ? AND shelf = ? AND key IN (SELECT value FROM json_each(?))
"""
APPLIED = f"""
SELECT stream, version FROM applied WHERE generation = {THIS_ONE} AND stream IN (SELECT value FROM json_each(?))
"""
PUT = """
INSERT INTO documents {rows}
ON CONFLICT DO UPDATE SET doc = excluded.doc, indexed = excluded.indexed, sort = excluded.sort
"""
STEP = "INSERT INTO applied {rows} ON CONFLICT DO UPDATE SET version = excluded.version"
ENTRY_KEY = ("generation", "shelf", "name", "value", "sort", "key")
DOCUMENT_KEY = ("generation", "shelf", "key")
DERIVED = ("applied", "documents", "entries")

Entry = tuple[str, str, str]
"""One line of an index: (name, value, sort)."""

_decode = msgspec.json.Decoder(dict).decode
_encode = msgspec.json.Encoder(order="deterministic").encode


class SqliteViews:
    """Views in the file at `path`, made when it is not there."""

    def __init__(self, path: Path, file: SqliteFile | None = None, generation: int | None = None) -> None:
        self._path = path
        self._file = file or SqliteFile(path)
        self._fixed = generation
        with self._file.writing() as db:
            if db.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,):
                for statement in SCHEMA.split(";\n"):
                    db.execute(statement)

    def get(self, table: str, key: str) -> Document | None:
        """See ViewReader."""
        return self.get_many(table, [key]).get(key)

    def get_many(self, table: str, keys: Iterable[str]) -> dict[str, Document]:
        """See ViewReader."""
        asked = list(keys)
        if not asked:
            return {}
        with self._file.looking() as db:
            rows = db.execute(DOCS, (self._fixed, table, _json(asked))).fetchall()
        return {key: _decode(doc) for key, doc in rows}

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
        """See ViewReader."""
        statement = _statement(after=after, descending=descending)
        with self._file.reading() as db:
            generation = self._generation(db)
            runs = [
                db.execute(statement, (generation, table, index, value, *(after or ()), limit)).fetchall()
                for value in dict.fromkeys(values)
            ]
            merged = groupby(heapq.merge(*runs, reverse=descending))
            chosen = [place for place, _ in islice(merged, limit)]
            rows = db.execute(DOCS, (generation, table, _json([key for _, key in chosen]))).fetchall()
        docs = {key: _decode(doc) for key, doc in rows}
        return [Found(key=key, sort=sort, doc=docs[key]) for sort, key in chosen if key in docs]

    def count(self, table: str, index: str, values: Sequence[str], most: int | None = None) -> int:
        """See ViewReader."""
        limit = NO_LIMIT if most is None else most
        with self._file.reading() as db:
            generation = self._generation(db)
            if len(values) == 1:
                found = db.execute(COUNT, (generation, table, index, values[0], limit)).fetchone()
            else:
                found = db.execute(COUNT_DISTINCT, (generation, table, index, _json(list(values)), limit)).fetchone()
        return int(found[0])

    def applied(self, streams: Iterable[str]) -> dict[str, int]:
        """See Views."""
        asked = list(streams)
        with self._file.looking() as db:
            held = dict(db.execute(APPLIED, (self._fixed, _json(asked))).fetchall())
        return {stream: held.get(stream, 0) for stream in asked}

    def apply(self, steps: Sequence[Step]) -> list[str]:
        """See Views. The whole call is one transaction."""
        with self._file.writing() as db:
            generation = self._generation(db)
            asked = _json(list({step.stream for step in steps}))
            heads: dict[str, int] = dict(db.execute(APPLIED, (generation, asked)).fetchall())
            taken, refused = sorted_out(steps, heads)
            streams = {step.stream for step in taken}
            insert(db, STEP, [(generation, stream, heads[stream]) for stream in streams])
            _write(db, generation, last_changes(taken))
        return refused

    def position(self) -> int:
        """See Views."""
        with self._file.looking() as db:
            asked = f"SELECT position FROM generations WHERE generation = {THIS_ONE}"
            row = db.execute(asked, (self._fixed,)).fetchone()
        return int(row[0])

    def advance(self, position: int) -> None:
        """See Views."""
        if position <= self.position():
            return
        with self._file.writing() as db:
            told = (position, self._generation(db))
            db.execute("UPDATE generations SET position = max(position, ?) WHERE generation = ?", told)

    def beside(self) -> SqliteViews:
        """See Views. What an earlier rebuild left unfinished is swept away."""
        with self._file.writing() as db:
            _sweep_out(db)
            db.execute("INSERT INTO generations (live, position) VALUES (0, 0)")
            fresh = db.execute("SELECT max(generation) FROM generations").fetchone()[0]
        return SqliteViews(self._path, self._file, fresh)

    def adopt(self, rebuilt: Views) -> None:
        """See Views."""
        assert isinstance(rebuilt, SqliteViews)
        with self._file.writing() as db:
            db.execute("UPDATE generations SET live = (generation = ?)", (rebuilt._fixed,))  # noqa: SLF001 - its own kind
            _sweep_out(db)

    def dump(self) -> Iterator[tuple[str, str, Document]]:
        """See Views."""
        page = "SELECT shelf, key, doc, indexed, sort FROM documents WHERE generation = ? AND (shelf, key) > (?, ?) "
        place = ("", "")
        while True:
            with self._file.reading() as db:
                asked = (self._generation(db), *place)
                rows = db.execute(page + "ORDER BY shelf, key LIMIT 500", asked).fetchall()
            for shelf, key, doc, indexed, sort in rows:
                yield shelf, key, {"doc": _decode(doc), "index": _decode(indexed), "sort": sort}
            if not rows:
                return
            place = (rows[-1][0], rows[-1][1])

    def record(self, table: str, key: str) -> Document | None:
        """See Views."""
        with self._file.looking() as db:
            row = db.execute("SELECT doc FROM records WHERE shelf = ? AND key = ?", (table, key)).fetchone()
        return _decode(row[0]) if row else None

    def put_record(self, table: str, key: str, doc: Document, *, unless_exists: bool = False) -> bool:
        """See Views."""
        on_conflict = "DO NOTHING" if unless_exists else "DO UPDATE SET doc = excluded.doc"
        with self._file.writing() as db:
            done = db.execute(
                f"INSERT INTO records VALUES (?, ?, ?) ON CONFLICT {on_conflict}", (table, key, _json(doc))
            )
            return done.rowcount == 1

    def delete_record(self, table: str, key: str) -> bool:
        """See Views."""
        with self._file.writing() as db:
            return db.execute("DELETE FROM records WHERE shelf = ? AND key = ?", (table, key)).rowcount == 1

    def records(self, table: str, after: str = "", limit: int = 1000) -> list[tuple[str, Document]]:
        """See Views."""
        page = "SELECT key, doc FROM records WHERE shelf = ? AND key > ? ORDER BY key LIMIT ?"
        with self._file.looking() as db:
            rows = db.execute(page, (table, after, limit)).fetchall()
        return [(key, _decode(doc)) for key, doc in rows]

    def close(self) -> None:
        """See Views."""
        self._file.close()

    def _generation(self, db: sqlite3.Connection) -> int:
        return self._fixed if self._fixed is not None else int(db.execute(LIVE).fetchone()[0])


def _statement(*, after: tuple[str, str] | None, descending: bool) -> str:
    if descending:
        return DOWNWARDS if after else FROM_TOP
    return UPWARDS if after else FROM_BOTTOM


def _write(db: sqlite3.Connection, generation: int, last: Mapping[tuple[str, str], Change]) -> None:
    old = _shelved(db, generation, last)
    puts = [change for change in last.values() if isinstance(change, Put)]
    gone = [place for place, change in last.items() if not isinstance(change, Put) and place in old]
    new = {(put.table, put.key): _entries(tidy(put.index), put.sort) for put in puts}
    out = [(*place, entry) for place, entries in old.items() for entry in entries - new.get(place, set())]
    into = [(*place, entry) for place, entries in new.items() for entry in entries - old.get(place, set())]
    lines = [(generation, shelf, *entry, key) for shelf, key, entry in out]
    delete(db, "DELETE FROM entries WHERE {rows}", ENTRY_KEY, lines)
    delete(db, "DELETE FROM documents WHERE {rows}", DOCUMENT_KEY, [(generation, *place) for place in gone])
    insert(db, "INSERT INTO entries {rows}", [(generation, shelf, *entry, key) for shelf, key, entry in into])
    rows = [(generation, put.table, put.key, _encode(put.doc), _encode(tidy(put.index)), put.sort) for put in puts]
    insert(db, PUT, rows, json=(3, 4))


def _shelved(
    db: sqlite3.Connection, generation: int, places: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], set[Entry]]:
    """The index lines of the documents that are there already."""
    found: dict[tuple[str, str], set[Entry]] = {}
    for shelf, keys in groupby(sorted(places), key=lambda place: place[0]):
        asked = _json([key for _, key in keys])
        for key, indexed, sort in db.execute(SHELVED, (generation, shelf, asked)).fetchall():
            found[shelf, key] = _entries(_decode(indexed), sort)
    return found


def _entries(index: Mapping[str, Sequence[str]], sort: str) -> set[Entry]:
    return {(name, value, sort) for name, values in index.items() for value in values}


def _sweep_out(db: sqlite3.Connection) -> None:
    for name in DERIVED:
        db.execute(f"DELETE FROM {name} WHERE generation NOT IN ({LIVE})")
    db.execute("DELETE FROM generations WHERE live = 0")


def _json(value: object) -> str:
    return _encode(value).decode()
