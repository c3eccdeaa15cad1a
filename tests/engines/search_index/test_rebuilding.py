"""An index that is rebuilt beside the live one, for every engine."""

from __future__ import annotations

import threading

import pytest

from saraban.contracts.errors.search import RebuildSwept
from tests.engines.search_index.letters import any_of, found, letter, query


def test_a_rebuild_grows_unseen_and_takes_the_place_of_the_old_index(index):
    index.write([letter("a", "เก่า", version=9), letter("gone", "เก่า")])
    fresh = index.beside()
    fresh.write([letter("a", "ใหม่", version=1), letter("b", "ใหม่")])

    before = found(index, any_of("เก่า ใหม่"))
    index.adopt(fresh)

    assert before == ["a", "gone"]
    assert found(index, any_of("เก่า ใหม่")) == ["a", "b"]
    assert index.versions(["a", "b", "gone"]) == {"a": 1, "b": 1}


def test_a_rebuild_can_be_asked_before_it_is_seen(index):
    index.write([letter("a", "เก่า")])
    fresh = index.beside()
    fresh.write([letter("b", "ใหม่", version=4)], at_once=True)

    assert found(fresh, any_of("ใหม่ เก่า")) == ["b"]
    assert fresh.versions(["a", "b"]) == {"b": 4}
    assert list(fresh.held()) == [("b", 4)]


def test_what_was_written_without_haste_is_found_after_the_swap(index):
    fresh = index.beside()
    fresh.write([letter("a", "ใหม่")], at_once=False)

    index.adopt(fresh)

    assert found(index, any_of("ใหม่")) == ["a"]


def test_after_the_swap_the_index_is_written_and_swapped_again(index):
    first = index.beside()
    index.adopt(first)
    first.close()
    index.write([letter("a", "ประชุม")])
    fresh = index.beside()
    fresh.write([letter("b", "ประชุม")])

    index.adopt(fresh)
    index.write([letter("c", "ประชุม")])
    index.remove(["b"])

    assert found(index, any_of("ประชุม")) == ["c"]


def test_a_rebuild_begins_empty_whatever_an_unfinished_one_left(index):
    index.write([letter("live", "ประชุม")])
    unfinished = index.beside()
    unfinished.write([letter("half", "ประชุม")])

    fresh = index.beside()

    assert fresh.versions(["half"]) == {}
    assert found(index, any_of("ประชุม")) == ["live"]


def test_a_rebuild_that_was_swept_away_can_be_neither_written_nor_adopted(index):
    index.write([letter("live", "ประชุม")])
    swept = index.beside()
    index.beside()

    with pytest.raises(RebuildSwept):
        swept.write([letter("a", "ประชุม")])
    with pytest.raises(RebuildSwept):
        index.adopt(swept)

    assert found(index, any_of("ประชุม")) == ["live"]


def test_who_searches_during_swaps_always_finds_the_letters(index):
    letters = [letter(f"{at}", "ประชุม") for at in range(20)]
    index.write(letters)
    counts, failures, done = set(), [], threading.Event()

    def search():
        try:
            while not done.is_set():
                counts.add((index.search(query(any_of("ประชุม")))[0], len(index.search(query(any_of("ประชุม")))[1])))
        except Exception as failure:  # noqa: BLE001 - carried to the main thread
            failures.append(failure)

    searchers = [threading.Thread(target=search) for _ in range(3)]
    for searcher in searchers:
        searcher.start()
    for _ in range(10):
        fresh = index.beside()
        fresh.write(letters, at_once=False)
        index.adopt(fresh)
    done.set()
    for searcher in searchers:
        searcher.join()

    assert failures == []
    assert counts == {(20, 20)}
