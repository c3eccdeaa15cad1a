"""A SQLite file as the engines use it: durable at every commit, one writer and one reader connection, any thread."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from saraban.broker.threads import in_own_thread, real_lock
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreDamaged, StoreFull
from saraban.journal import journal

log = journal(__name__)

WAIT_SECONDS = 30.0
"""How long one writer waits for another process that is writing."""

LARGEST_INSERT = 256
"""Rows of one INSERT statement. Many rows to a statement matter beside a busy loop: SQLite gives up Python's global
lock for every statement, and must win it back each time."""

PAGE_BYTES = 8192
"""The page of a new file; one that is there keeps its own. Of a row longer than a quarter of a page SQLite puts the
rest on a page of its own, and most letters in the log and in the views are longer than a quarter of its usual 4 KB."""

FEW = 16
"""Rows that go in one statement of just this length."""

LARGEST_DELETE = 64
"""Rows of one DELETE statement."""

UNSETTLED = 16_000
"""Rows that may be changed before the write-ahead log is brought into the file, by a thread of its own: whoever writes
when SQLite does it by itself waits some 10 ms, and everyone behind."""

LONGEST_LOG = 25_000
"""Pages of the write-ahead log at which SQLite does it by itself after all."""

SETTLE = "PRAGMA wal_checkpoint(PASSIVE)"

FULL = 2
"""What SQLite answers for `synchronous = FULL`."""

AWAY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class SqliteFile:
    """One database file with write-ahead log and `synchronous=FULL`: what was committed survives a power cut."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with _translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._writer = _connect(path)
            self._reader = _connect(path)
        self._writing = real_lock()
        self._reading = real_lock()
        self._settling = real_lock()
        self._settled = 0

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The reader's connection, which sees the file as it stood at the first statement, whatever is written
        meanwhile."""
        with self._reading, _translated(self.path):
            self._reader.execute("BEGIN")
            try:
                yield self._reader
            finally:
                if self._reader.in_transaction:
                    self._reader.execute("ROLLBACK")

    @contextmanager
    def looking(self) -> Iterator[sqlite3.Connection]:
        """The reader's connection for one SELECT, which needs no transaction to be of one piece."""
        with self._reading, _translated(self.path):
            yield self._reader

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that holds the write lock of the file from its beginning; durable when left, undone when
        left by an error. Raises StoreFull, or Unavailable when another process keeps the file locked."""
        with self._writing, _translated(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
            due = self._writer.total_changes - self._settled > UNSETTLED
        if due and self._settling.acquire(blocking=False):
            self._begin_to_settle()

    def _begin_to_settle(self) -> None:
        try:
            in_own_thread(self._settle, "settle")
        except RuntimeError as error:  # no more threads: the next one who writes tries again
            log.warning("file not settled", path=str(self.path), reason=str(error))
            self._settling.release()

    def _settle(self) -> None:
        """Bring what stands in the write-ahead log to its place in the file: most of it while others write, and then
        the rest while nobody does, so that the write-ahead log begins anew. Holds `_settling` from before."""
        self._settled = self._writer.total_changes
        try:
            with closing(_connect(self.path)) as db:
                db.execute(SETTLE)
            with self._writing:
                self._writer.execute(SETTLE)
        except sqlite3.Error as error:
            log.warning("file not settled", path=str(self.path), reason=str(error))
        finally:
            self._settling.release()

    def close(self) -> None:
        """Close both connections, once nobody uses them."""
        with self._settling, self._writing, self._reading:
            self._reader.close()
            self._writer.close()


def insert(db: sqlite3.Connection, statement: str, rows: Sequence[Sequence[Any]], json: Sequence[int] = ()) -> None:
    """Run `statement`, in which `{rows}` stands for the VALUES list, for all `rows`, in as few statements as fit. The
    columns at the places `json` hold JSON in UTF-8, which the file gets as it is."""
    for chunk in _chunks(rows, LARGEST_INSERT):
        spelled_out = _spelled_out(statement, len(chunk[0]), len(chunk), json)
        db.execute(spelled_out, [value for row in chunk for value in row])


def delete(db: sqlite3.Connection, statement: str, key: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Run `statement`, in which `{rows}` stands for the rows whose columns `key` are one of `rows`. They are spelled
    out as `… OR …`: for a list of row values SQLite reads the whole table, for these it goes by the index."""
    for chunk in _chunks(rows, LARGEST_DELETE):
        db.execute(_any_of(statement, ", ".join(key), len(chunk)), [value for row in chunk for value in row])


def _chunks(rows: Sequence[Sequence[Any]], largest: int) -> Iterator[Sequence[Sequence[Any]]]:
    """Runs of rows: few go in one, of more the lengths are powers of two, so that few different statements are made."""
    start = 0
    while start < len(rows):
        left = len(rows) - start
        size = left if left <= FEW else min(largest, 1 << (left.bit_length() - 1))
        yield rows[start : start + size]
        start += size


@lru_cache(maxsize=256)
def _spelled_out(statement: str, width: int, rows: int, json: Sequence[int]) -> str:
    row = "(" + ",".join("CAST(? AS TEXT)" if place in json else "?" for place in range(width)) + ")"
    return statement.replace("{rows}", "VALUES " + ",".join([row] * rows))


@lru_cache(maxsize=256)
def _any_of(statement: str, key: str, rows: int) -> str:
    one = f"({key}) = ({','.join('?' * (key.count(',') + 1))})"
    return statement.replace("{rows}", " OR ".join([one] * rows))


def lacking(path: Path) -> str:
    """Which of the promises that keep a commit through a power cut the file at `path` cannot give; "" for none."""
    db = _connect(path)
    try:
        (journal,), (synchronous,) = (
            db.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "synchronous")
        )
    finally:
        db.close()
    kept = {"journal_mode = WAL": journal == "wal", "synchronous = FULL": synchronous == FULL}
    return ", ".join(name for name, holds in kept.items() if not holds)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(
        path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(f"PRAGMA wal_autocheckpoint = {LONGEST_LOG}")
    return db


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreFull({"path": str(path)}) from error
        raise
    except sqlite3.DatabaseError as error:
        kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if kind == sqlite3.SQLITE_FULL:
            raise StoreFull({"path": str(path)}) from error
        if kind in AWAY:
            raise Unavailable({"what": f"{path.name}: {error}"}) from error
        if kind in DAMAGED:
            raise StoreDamaged({"path": str(path), "reason": str(error)}) from error
        raise
