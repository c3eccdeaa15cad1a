"""What only the SQLite log can meet: a full disk, a missing index, a file that others must not read."""

from __future__ import annotations

import errno
import sqlite3
import stat
from pathlib import Path

import pytest

from saraban.contracts.commit import Commit
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import LogDamaged, LogUnguarded, StoreFull
from saraban.engines import sqlite_file
from saraban.engines.event_store.sqlite import SqliteEventStore
from tests.engines.event_store.letters import BOOK, arrived, draft, numbered, shown, written


@pytest.fixture
def path(tmp_path):
    return tmp_path / "log.db"


@pytest.fixture
def store(path):
    opened = SqliteEventStore(path)
    yield opened
    opened.close()


def leave_room(store, pages):
    """Let the file grow by so many pages and no more; by any number when None."""
    writer = store._file._writer
    (used,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {used + pages if pages is not None else 1073741823}")


def big_letters(count):
    return [draft(arrived(f"flood-{number}", scan="น้ำ" * 3000), numbered(number)) for number in range(1, count + 1)]


def test_a_full_disk_is_a_clear_error_and_leaves_nothing_half_done(store):
    written(store, draft(arrived("fire")))
    leave_room(store, 4)

    with pytest.raises(StoreFull):
        store.append(big_letters(20))

    assert store.head().position == 1
    assert store.stream(BOOK) == []
    assert store.versions(["letter:flood-1", BOOK]) == {"letter:flood-1": 0, BOOK: 0}


def test_a_full_disk_does_not_keep_anybody_from_reading(store):
    commits = written(store, draft(arrived("fire"), command="receive-1"))
    leave_room(store, 0)

    with pytest.raises(StoreFull):
        store.append(big_letters(20))

    assert store.read(0, 10) == commits
    assert store.append([draft(arrived("fire"), command="receive-1")]) == commits


def test_the_log_goes_on_when_there_is_room_again(store):
    leave_room(store, 2)
    drafts = big_letters(20)
    with pytest.raises(StoreFull):
        store.append(drafts)

    leave_room(store, None)
    outcomes = store.append(drafts)

    assert [outcome.position for outcome in outcomes] == list(range(1, 21))
    assert shown(store.stream(BOOK)) == [(BOOK, number) for number in range(1, 21)]


def test_a_disk_too_full_for_the_file_itself_is_the_same_clear_error(path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "touch", refuse)

    with pytest.raises(StoreFull):
        SqliteEventStore(path)


@pytest.mark.parametrize("index", ["one_commit_per_command", "one_event_per_version"])
def test_a_log_without_its_unique_index_is_refused(path, store, index):
    store.close()
    with sqlite3.connect(path) as db:
        db.execute(f"DROP INDEX {index}")
    db.close()

    with pytest.raises(LogUnguarded) as refused:
        SqliteEventStore(path)

    assert refused.value.detail == {"path": str(path), "index": index}


@pytest.mark.parametrize(
    "weaker",
    [
        "CREATE INDEX one_event_per_version ON events (stream, version)",
        "CREATE UNIQUE INDEX one_event_per_version ON events (stream, version, place)",
        "CREATE UNIQUE INDEX one_event_per_version ON events (stream, version) WHERE version > 10",
    ],
)
def test_a_log_with_a_weaker_index_is_refused(path, store, weaker):
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("DROP INDEX one_event_per_version")
        db.execute(weaker)
    db.close()

    with pytest.raises(LogUnguarded):
        SqliteEventStore(path)


def test_the_file_itself_refuses_a_second_event_with_the_same_version(path, store):
    written(store, draft(numbered(1)))
    db = sqlite3.connect(path)

    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO events VALUES (2, 0, ?, 1, 'book.number_issued', 1, '{}')", (BOOK,))

    db.close()


def test_the_file_is_for_its_owner_only(path, store):
    written(store, draft(arrived()))

    modes = [stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()]

    assert modes == [0o600] * len(modes)


def test_every_commit_is_flushed_to_the_disk(store):
    (level,) = store._file._writer.execute("PRAGMA synchronous").fetchone()
    (journal,) = store._file._writer.execute("PRAGMA journal_mode").fetchone()

    assert (level, journal) == (2, "wal")


def test_a_file_that_another_process_keeps_locked_is_an_error_that_asks_to_try_again(path, store, monkeypatch):
    monkeypatch.setattr(sqlite_file, "WAIT_SECONDS", 0.05)
    hasty = SqliteEventStore(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Unavailable):
        hasty.append([draft(arrived())])

    other.execute("ROLLBACK")
    other.close()
    (outcome,) = hasty.append([draft(arrived())])
    assert isinstance(outcome, Commit)
    hasty.close()


NO_TEXT = "CAST(x'7B2261223A22FF227D' AS TEXT)"
"""JSON with a byte in it that is no UTF-8."""


@pytest.mark.parametrize(
    "damage",
    [
        f"UPDATE events SET data = {NO_TEXT} WHERE position = 2",
        "UPDATE events SET data = '{\"a\":' WHERE position = 2",
        f"UPDATE events SET type = {NO_TEXT} WHERE position = 2",
        f"UPDATE commits SET actor = {NO_TEXT} WHERE position = 2",
        f"UPDATE commits SET at = {NO_TEXT} WHERE position = 2",
    ],
)
def test_what_is_no_text_any_more_is_told_with_its_position(path, store, damage):
    store.append([draft(arrived(f"letter-{number}"), numbered(number)) for number in (1, 2, 3)])
    with sqlite3.connect(path) as db:
        db.execute(damage)

    with pytest.raises(LogDamaged) as told:
        store.read(0, 10)

    assert told.value.detail["position"] == 2
