"""The log in one SQLite file.

Everything that a commit holds stands in exactly one column, and its hash covers all of them: whatever is changed in
the file is found by `saraban audit verify`. Three unique keys make the promises of the log true even for a writer
with a bug: `position`, `command_id` and (`stream`, `version`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from saraban.contracts.commit import GENESIS_HASH, Commit, Draft, Head, RecordedEvent
from saraban.contracts.errors.log import LogDamaged, LogUnguarded
from saraban.engines.event_store.plan import Ground, Plan, plan
from saraban.engines.event_store.seen import Seen
from saraban.engines.sqlite_file import SqliteFile, insert
from saraban.ports import Outcome

SCHEMA = """
CREATE TABLE commits (
    position INTEGER PRIMARY KEY,
    command_id TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    cause TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_commit_per_command ON commits (command_id);
CREATE TABLE events (
    position INTEGER NOT NULL,
    place INTEGER NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    type_version INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (position, place)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_event_per_version ON events (stream, version);
"""

GUARDS = {
    "one_commit_per_command": ("commits", ["command_id"]),
    "one_event_per_version": ("events", ["stream", "version"]),
}

HEAD = "SELECT position, hash FROM commits ORDER BY position DESC LIMIT 1"
HEADS = """
SELECT json_group_object(value, (SELECT max(version) FROM events WHERE stream = value)) FROM json_each(?)
"""

COMMITS = "SELECT position, command_id, at, CAST(actor AS BLOB), cause, previous_hash, hash FROM commits"
COMMITS_BEHIND = f"{COMMITS} WHERE position > ? ORDER BY position LIMIT ?"
COMMITS_BY = f"{COMMITS} WHERE command_id IN (SELECT value FROM json_each(?))"
COMMITS_OF = f"""
{COMMITS} WHERE position IN (SELECT position FROM events WHERE stream = ? AND version > ?) ORDER BY position
"""

EVENTS = "SELECT position, stream, version, type, type_version, CAST(data AS BLOB) FROM events"
EVENTS_AT = f"{EVENTS} WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position, place"
EVENTS_OF = f"{EVENTS} WHERE stream = ? AND version > ? ORDER BY version"

Look = Callable[[sqlite3.Connection, list[str], dict[str, int]], Ground]
"""(database, command ids, stream → the version that its first event asks for) → what the log holds about them."""

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder().decode
decode_object = msgspec.json.Decoder(dict[str, Any]).decode


class SqliteEventStore:
    """An EventStore in the file at `path`, made when it is not there. Several processes may write the same file."""

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path)
        self._seen = Seen()
        with self._file.writing() as db:
            if db.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,):
                for statement in SCHEMA.split(";\n"):
                    db.execute(statement)
            self._refuse_without_guards(db)

    def head(self) -> Head:
        """See EventStore."""
        with self._file.looking() as db:
            return _head(db)

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """See EventStore. The whole call is one transaction: all of its commits are written, or none. It is tried at
        once on what is known from before; whatever goes wrong is answered by looking closely."""
        try:
            made = self._written(drafts, self._glance)
        except sqlite3.IntegrityError:
            made = self._written(drafts, _look)
        self._seen.note(made.commits)
        return made.outcomes

    def _written(self, drafts: Sequence[Draft], look: Look) -> Plan:
        with self._file.writing() as db:
            made = plan(drafts, partial(look, db))
            if len(made.commits) < len(drafts):
                made = plan(drafts, partial(_look, db))
            _write(db, made.commits)
        return made

    def _glance(self, db: sqlite3.Connection, _: list[str], streams: dict[str, int]) -> Ground:
        return self._seen.ground(streams, partial(_head, db), partial(_heads, db))

    def commits_of(self, command_ids: Iterable[str]) -> dict[str, Commit]:
        """See EventStore."""
        with self._file.reading() as db:
            return _commits_of(db, list(command_ids))

    def read(self, after: int, limit: int) -> list[Commit]:
        """See EventStore."""
        with self._file.reading() as db:
            return _commits(db, COMMITS_BEHIND, (after, limit))

    def stream(self, name: str, after: int = 0) -> list[RecordedEvent]:
        """See EventStore."""
        with self._file.looking() as db:
            rows = _rows(db, EVENTS_OF, (name, after))
        return [_event(row) for row in rows]

    def commits_of_stream(self, name: str, after: int = 0) -> list[Commit]:
        """See EventStore."""
        with self._file.reading() as db:
            return _commits(db, COMMITS_OF, (name, after))

    def versions(self, names: Iterable[str]) -> dict[str, int]:
        """See EventStore."""
        asked = list(names)
        with self._file.looking() as db:
            held = _heads(db, asked)
        self._seen.remember(held)
        return {name: held.get(name, 0) for name in asked}

    def close(self) -> None:
        """See EventStore."""
        self._file.close()

    def _refuse_without_guards(self, db: sqlite3.Connection) -> None:
        for index, (table, columns) in GUARDS.items():
            kind = db.execute('SELECT "unique", partial FROM pragma_index_list(?) WHERE name = ?', (table, index))
            guarded = kind.fetchone() == (1, 0)
            covered = [name for (name,) in db.execute("SELECT name FROM pragma_index_info(?)", (index,))]
            if not guarded or covered != columns:
                raise LogUnguarded({"path": str(self._file.path), "index": index})


def _head(db: sqlite3.Connection) -> Head:
    row = db.execute(HEAD).fetchone()
    return Head(position=row[0], hash=row[1]) if row else Head(position=0, hash=GENESIS_HASH)


def _heads(db: sqlite3.Connection, streams: list[str]) -> dict[str, int]:
    if not streams:
        return {}
    (heads,) = db.execute(HEADS, (_json(streams),)).fetchone()
    return {stream: version for stream, version in decode(heads).items() if version is not None}


def _look(db: sqlite3.Connection, command_ids: list[str], streams: Iterable[str]) -> Ground:
    return Ground(head=_head(db), known=_commits_of(db, command_ids), versions=_heads(db, list(streams)))


def _commits_of(db: sqlite3.Connection, command_ids: list[str]) -> dict[str, Commit]:
    return {commit.command_id: commit for commit in _commits(db, COMMITS_BY, (_json(command_ids),))}


def _write(db: sqlite3.Connection, commits: Sequence[Commit]) -> None:
    headers = [
        (one.position, one.command_id, one.at, encode(one.actor), one.cause, one.previous_hash, one.hash)
        for one in commits
    ]
    events = [
        (one.position, place, event.stream, event.version, event.type, event.type_version, encode(event.data))
        for one in commits
        for place, event in enumerate(one.events)
    ]
    insert(db, "INSERT INTO commits {rows}", headers, json=(3,))
    insert(db, "INSERT INTO events {rows}", events, json=(6,))


def _commits(db: sqlite3.Connection, query: str, values: tuple[Any, ...]) -> list[Commit]:
    headers = _rows(db, query, values)
    if not headers:
        return []
    rows = _rows(db, EVENTS_AT, (_json([header[0] for header in headers]),))
    events = {position: tuple(map(_event, group)) for position, group in groupby(rows, key=lambda row: row[0])}
    return [_commit(header, events.get(header[0], ())) for header in headers]


def _rows(db: sqlite3.Connection, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """All rows, of which the first column is a position. Raises LogDamaged for text that is none."""
    try:
        return db.execute(query, values).fetchall()
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        raise LogDamaged({"position": _undecodable(db, query, values), "reason": str(error)}) from error


def _undecodable(db: sqlite3.Connection, query: str, values: tuple[Any, ...]) -> int:
    db.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    try:
        rows = db.execute(query, values).fetchall()
    finally:
        db.text_factory = str
    return int(next(row[0] for row in rows if "\\udc" in ascii(row)))


def _commit(header: tuple[Any, ...], events: tuple[RecordedEvent, ...]) -> Commit:
    position, command_id, at, actor, cause, previous_hash, digest = header
    return Commit(
        position=position,
        command_id=command_id,
        at=at,
        actor=_object(actor, position),
        cause=cause,
        events=events,
        previous_hash=previous_hash,
        hash=digest,
    )


def _event(row: tuple[Any, ...]) -> RecordedEvent:
    position, stream, version, name, type_version, data = row
    return RecordedEvent(
        stream=stream, version=version, type=name, type_version=type_version, data=_object(data, position)
    )


def _object(text: bytes, position: int) -> dict[str, Any]:
    try:
        return decode_object(text)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LogDamaged({"position": position, "reason": str(error)}) from error


def _json(value: object) -> str:
    return encode(value).decode()
