"""What only the SQLite views can meet: a full disk, and lists that must not be read whole."""

from __future__ import annotations

import threading

import pytest

from saraban.contracts.errors.log import StoreFull
from saraban.engines.views import sqlite
from saraban.engines.views.sqlite import SqliteViews
from saraban.ports import Put, Step


@pytest.fixture
def views(tmp_path):
    made = SqliteViews(tmp_path / "routing.db")
    yield made
    made.close()


def letter(key, inbox, sort, size=10):
    return Put(table="letters", key=key, doc={"subject": "น้ำ" * size}, index={"inbox": [inbox]}, sort=sort)


def step(was, *changes):
    return Step(stream="letter:flood", was=was, to=was + 1, changes=changes)


def plan(views, statement, values):
    with views._file.reading() as db:
        return " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}", values))


def test_a_full_disk_is_a_clear_error_and_leaves_nothing_half_done(views):
    views.apply([step(0, letter("a", "anan", "1"))])
    writer = views._file._writer
    (used,) = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {used + 2}")
    big = step(1, *[letter(f"k{number}", "anan", "2", size=2000) for number in range(20)])

    with pytest.raises(StoreFull):
        views.apply([big])
    before = (views.applied(["letter:flood"]), views.count("letters", "inbox", ["anan"]))
    writer.execute("PRAGMA max_page_count = 1073741823")
    refused = views.apply([big])

    assert before == ({"letter:flood": 1}, 1)
    assert refused == []
    assert views.count("letters", "inbox", ["anan"]) == 21


@pytest.mark.parametrize("statement", [sqlite.UPWARDS, sqlite.DOWNWARDS])
def test_a_page_of_a_list_is_one_range_of_the_index(views, statement):
    told = plan(views, statement, (1, "letters", "inbox", "anan", "2", "a", 20))

    assert "SEARCH entries USING PRIMARY KEY" in told
    assert "(sort,key)" in told
    assert "TEMP B-TREE" not in told


@pytest.mark.parametrize("statement", [sqlite.FROM_TOP, sqlite.FROM_BOTTOM])
def test_the_first_page_of_a_list_is_not_sorted_either(views, statement):
    told = plan(views, statement, (1, "letters", "inbox", "anan", 20))

    assert "SEARCH entries USING PRIMARY KEY" in told
    assert "TEMP B-TREE" not in told


def test_counting_reads_the_index_only(views):
    told = plan(views, sqlite.COUNT, (1, "letters", "inbox", "anan", -1))

    assert "SEARCH entries USING PRIMARY KEY" in told
    assert "documents" not in told


def test_a_page_that_is_read_while_letters_move_is_never_short(views):
    views.apply([step(0, *[letter(f"k{number}", "anan", "1") for number in range(5)])])
    done = threading.Event()
    pages = []

    def look():
        while not done.is_set():
            found = views.find("letters", "inbox", ["anan", "malee"], limit=5)
            pages.append([(one.sort, one.key) for one in found])

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(1, 150):
        inbox = ["anan", "malee"][turn % 2]
        views.apply([step(turn, *[letter(f"k{number}", inbox, str(turn)) for number in range(5)])])
    done.set()
    reader.join()

    assert {len(page) for page in pages} == {5}
    assert all(len({sort for sort, _ in page}) == 1 for page in pages)


def test_a_rebuild_that_is_adopted_is_never_seen_empty(views):
    views.apply([step(0, letter("a", "anan", "1"))])
    done = threading.Event()
    seen = []

    def look():
        while not done.is_set():
            seen.append(views.count("letters", "inbox", ["anan"]))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(40):
        fresh = views.beside()
        fresh.apply([step(0, letter("a", "anan", "1"))])
        views.adopt(fresh)
    done.set()
    reader.join()

    assert set(seen) == {1}
