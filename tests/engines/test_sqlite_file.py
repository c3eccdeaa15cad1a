from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from saraban.engines import sqlite_file
from saraban.engines.sqlite_file import SqliteFile, insert


@pytest.fixture
def path(tmp_path):
    return tmp_path / "words.db"


@pytest.fixture
def file(path, monkeypatch):
    monkeypatch.setattr(sqlite_file, "UNSETTLED", 20)
    opened = SqliteFile(path)
    with opened.writing() as db:
        db.execute("CREATE TABLE words (word TEXT)")
    yield opened
    opened.close()


def write(file: SqliteFile, times: int) -> None:
    for number in range(times):
        with file.writing() as db:
            insert(db, "INSERT INTO words {rows}", [(f"คำที่ {number}",)] * 5)


def in_the_file_itself(path: Path) -> int:
    """How many words whoever does not look into the write-ahead log finds."""
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as db:
        return db.execute("SELECT count(*) FROM words").fetchone()[0]


def wait_until_settled(file: SqliteFile) -> None:
    file._settling.acquire()
    file._settling.release()


def test_what_was_written_comes_to_its_place_in_the_file_beside_the_work(file, path):
    write(file, 5)

    wait_until_settled(file)

    assert in_the_file_itself(path) >= 25


def test_the_write_ahead_log_begins_anew_once_the_file_is_settled(file, path):
    log = path.with_name(path.name + "-wal")
    write(file, 5)
    wait_until_settled(file)
    size = log.stat().st_size

    for _ in range(10):
        write(file, 5)
        wait_until_settled(file)

    assert log.stat().st_size <= 2 * size


def test_a_file_that_cannot_be_settled_is_told_and_written_on(file, path, monkeypatch, capsys):
    monkeypatch.setattr(sqlite_file, "SETTLE", "SELECT nonsense")

    write(file, 12)
    wait_until_settled(file)
    monkeypatch.undo()

    assert "file not settled" in capsys.readouterr().out
    with file.looking() as db:
        assert db.execute("SELECT count(*) FROM words").fetchone() == (60,)


def test_a_process_without_room_for_a_thread_writes_on_and_closes_its_file(file, monkeypatch):
    def no_thread(*_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(sqlite_file, "in_own_thread", no_thread)

    write(file, 12)
    wait_until_settled(file)

    with file.looking() as db:
        assert db.execute("SELECT count(*) FROM words").fetchone() == (60,)


def test_a_file_is_closed_whole_while_it_is_being_settled(path, monkeypatch):
    monkeypatch.setattr(sqlite_file, "UNSETTLED", 1)
    opened = SqliteFile(path)
    with opened.writing() as db:
        db.execute("CREATE TABLE words (word TEXT)")

    write(opened, 30)
    opened.close()

    assert in_the_file_itself(path) == 150


def test_a_letter_of_the_usual_length_needs_no_page_of_its_own(file, path):
    letter = "ก" * 500  # three bytes each

    with file.writing() as db:
        db.execute("CREATE TABLE letters (place INTEGER PRIMARY KEY, letter TEXT) WITHOUT ROWID")
        insert(db, "INSERT INTO letters {rows}", [(place, letter) for place in range(200)])
        ((pages,), (size,)) = (db.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))

    assert pages * size < 2 * 200 * len(letter.encode())


def test_a_file_that_has_smaller_pages_keeps_them_and_goes_on(path):
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA page_size = 4096")
        db.execute("CREATE TABLE words (word TEXT)")
    opened = SqliteFile(path)

    write(opened, 3)

    with opened.looking() as db:
        assert db.execute("PRAGMA page_size").fetchone() == (4096,)
        assert db.execute("SELECT count(*) FROM words").fetchone() == (15,)
    opened.close()


def test_json_goes_into_the_file_as_text(file):
    with file.writing() as db:
        insert(db, "INSERT INTO words {rows}", [('{"เรื่อง":"ก"}'.encode(),)], json=(0,))

    with file.looking() as db:
        assert db.execute("SELECT word, typeof(word) FROM words").fetchall() == [('{"เรื่อง":"ก"}', "text")]
