"""What only the index in a folder promises."""

from __future__ import annotations

import resource
import signal
import threading

import pytest

from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreInUse
from saraban.engines.search_index.tantivy import TantivySearchIndex
from tests.engines.search_index.letters import FIELDS, any_of, found, letter, query


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def small_disk():
    """Files may grow to 20 kB only, until the test says that there is room again."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))

    def make_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    yield make_room
    make_room()
    signal.signal(signal.SIGXFSZ, handler)


def test_what_was_written_is_there_after_opening_the_folder_again(folder):
    first = TantivySearchIndex(folder, FIELDS)
    first.write([letter("a", "น้ำท่วม", version=7)])
    first.close()

    again = TantivySearchIndex(folder, FIELDS)

    assert found(again, any_of("น้ำท่วม")) == ["a"]
    assert again.versions(["a"]) == {"a": 7}


def test_two_at_once_on_one_folder_are_refused(folder):
    first = TantivySearchIndex(folder, FIELDS)

    with pytest.raises(StoreInUse):
        TantivySearchIndex(folder, FIELDS)

    first.close()


def test_a_folder_made_for_other_fields_is_emptied(folder):
    old = TantivySearchIndex(folder, ("words",))
    old.write([letter("a", "น้ำท่วม")])
    old.close()

    index = TantivySearchIndex(folder, FIELDS)

    assert index.versions(["a"]) == {}


def test_a_damaged_folder_is_emptied(folder):
    old = TantivySearchIndex(folder, FIELDS)
    old.write([letter("a", "น้ำท่วม")])
    old.close()
    [meta] = folder.glob("*/meta.json")
    meta.write_text("{")

    index = TantivySearchIndex(folder, FIELDS)
    index.write([letter("b", "น้ำท่วม")])

    assert found(index, any_of("น้ำท่วม")) == ["b"]


def test_a_rebuild_that_was_broken_off_leaves_the_old_letters_and_no_folder(folder):
    old = TantivySearchIndex(folder, FIELDS)
    old.write([letter("a", "น้ำท่วม")])
    old.beside().write([letter("half", "น้ำท่วม")])
    old.close()

    again = TantivySearchIndex(folder, FIELDS)

    assert found(again, any_of("น้ำท่วม")) == ["a"]
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def test_an_adopted_rebuild_is_there_after_opening_the_folder_again_and_the_old_folder_is_not(folder):
    old = TantivySearchIndex(folder, FIELDS)
    old.write([letter("a", "น้ำท่วม")])
    fresh = old.beside()
    fresh.write([letter("b", "น้ำท่วม")])
    old.adopt(fresh)
    old.close()

    again = TantivySearchIndex(folder, FIELDS)

    assert found(again, any_of("น้ำท่วม")) == ["b"]
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def test_a_folder_whose_live_generation_is_not_told_begins_empty(folder):
    old = TantivySearchIndex(folder, FIELDS)
    old.write([letter("a", "น้ำท่วม")])
    old.close()
    (folder / "live").write_text("../elsewhere")

    index = TantivySearchIndex(folder, FIELDS)

    assert list(index.held()) == []


def test_a_full_disk_on_opening_is_told_and_nothing_is_emptied(folder, small_disk):
    old = TantivySearchIndex(folder, FIELDS)
    old.write([letter("a", "น้ำท่วม")])
    old.close()
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    with pytest.raises(Unavailable):
        TantivySearchIndex(folder.with_name("other"), FIELDS)
    small_disk()

    assert found(TantivySearchIndex(folder, FIELDS), any_of("น้ำท่วม")) == ["a"]


def test_ties_of_very_many_letters_keep_their_order_from_page_to_page(folder):
    index = TantivySearchIndex(folder, FIELDS)
    moments = [f"2026-11-{1 + at % 28:02d}T09:30:{at % 60:02d}.{at:06d}+00:00" for at in range(3000)]
    for start in range(0, 3000, 1000):
        index.write([letter(f"{at:022x}", "ทราบ", sort=moments[at]) for at in range(start, start + 1000)])

    pages = [index.search(query(any_of("ทราบ"), limit=700, offset=start))[1] for start in range(0, 3000, 700)]

    newest_first = sorted(range(3000), key=lambda at: moments[at], reverse=True)
    assert [hit.letter_id for hits in pages for hit in hits] == [f"{at:022x}" for at in newest_first]


def test_a_failed_write_changes_nothing_and_the_next_one_works_when_there_is_room(folder, small_disk):
    index = TantivySearchIndex(folder, FIELDS)
    index.write([letter("a", "น้ำท่วม")])
    long_text = " ".join(f"w{at * 7919}" for at in range(20_000))

    with pytest.raises(Unavailable) as first:
        index.write([letter("a", long_text, version=2), letter("b", "น้ำท่วม")])
    with pytest.raises(Unavailable) as second:
        index.write([letter("a", long_text, version=2), letter("b", "น้ำท่วม")])
    assert first.type is second.type
    assert found(index, any_of("น้ำท่วม")) == ["a"]
    small_disk()
    index.write([letter("c", "น้ำท่วม")])

    assert found(index, any_of("น้ำท่วม")) == ["a", "c"]


def test_many_threads_write_and_search_at_once(folder):
    index = TantivySearchIndex(folder, FIELDS)
    failures = []

    def work(name):
        try:
            for at in range(5):
                index.write([letter(f"{name}{at}", "น้ำท่วม")])
                assert f"{name}{at}" in found(index, any_of("น้ำท่วม"), limit=100)
        except BaseException as failure:  # noqa: BLE001 - carried to the main thread
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(found(index, any_of("น้ำท่วม"), limit=100)) == 20
