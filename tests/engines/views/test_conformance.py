"""What every engine of the port Views promises."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saraban.engines.views.memory import MemoryViews
from saraban.engines.views.sqlite import SqliteViews
from saraban.ports import Delete, Put, Step


def letter(key: str, *inboxes: str, sort: str = "", **doc: object) -> Put:
    return Put(table="letters", key=key, doc={"subject": key, **doc}, index={"inbox": inboxes}, sort=sort or key)


def step(stream: str, was: int, *changes: Put | Delete) -> Step:
    return Step(stream=stream, was=was, to=was + 1, changes=changes)


def keys(found) -> list[str]:
    return [one.key for one in found]


def test_what_is_put_is_found(views):
    views.apply([step("letter:1", 0, letter("น้ำท่วม", "anan", urgent=True))])

    assert views.get("letters", "น้ำท่วม") == {"subject": "น้ำท่วม", "urgent": True}
    assert keys(views.find("letters", "inbox", ["anan"], limit=10)) == ["น้ำท่วม"]
    assert views.applied(["letter:1", "letter:2"]) == {"letter:1": 1, "letter:2": 0}


def test_what_is_not_there_is_none(views):
    assert views.get("letters", "x") is None
    assert views.get_many("letters", ["x"]) == {}
    assert views.find("letters", "inbox", ["x"], limit=5) == []
    assert views.find("letters", "inbox", [], limit=5) == []
    assert views.count("letters", "inbox", ["x", "y"]) == 0
    assert views.record("sessions", "x") is None


def test_a_step_on_an_old_version_is_refused_and_writes_nothing(views):
    views.apply([step("letter:1", 0, letter("a"))])

    refused = views.apply([step("letter:1", 0, letter("b")), step("letter:2", 0, letter("c"))])

    assert refused == ["letter:1"]
    assert views.get_many("letters", ["a", "b", "c"]).keys() == {"a", "c"}


def test_steps_of_one_stream_follow_each_other_in_one_write(views):
    refused = views.apply([step("letter:1", 0, letter("a", "anan")), step("letter:1", 1, letter("a", "malee"))])

    assert refused == []
    assert keys(views.find("letters", "inbox", ["anan"], limit=5)) == []
    assert keys(views.find("letters", "inbox", ["malee"], limit=5)) == ["a"]


def test_a_changed_document_leaves_its_old_lists(views):
    views.apply([step("s", 0, letter("a", "anan", "malee", sort="1"))])

    views.apply([step("s", 1, letter("a", "malee", sort="2"))])

    assert views.count("letters", "inbox", ["anan"]) == 0
    assert [one.sort for one in views.find("letters", "inbox", ["malee"], limit=5)] == ["2"]


def test_a_deleted_document_is_gone_from_its_lists(views):
    views.apply([step("s", 0, letter("a", "anan"))])

    views.apply([step("s", 1, Delete(table="letters", key="a"), Delete(table="letters", key="never there"))])

    assert views.get("letters", "a") is None
    assert views.count("letters", "inbox", ["anan"]) == 0


def test_a_document_under_several_values_is_listed_once(views):
    views.apply([step("s", 0, letter("a", "anan", "unit"), letter("b", "unit"), letter("c", "anan"))])

    assert keys(views.find("letters", "inbox", ["anan", "unit", "anan"], limit=10)) == ["a", "b", "c"]
    assert views.count("letters", "inbox", ["anan", "unit"]) == 3


@pytest.mark.parametrize("values", [["unit"], ["unit", "anan"]])
def test_counting_stops_at_the_most_that_is_asked_for(views, values):
    views.apply([step("s", 0, *(letter(f"k{n}", "anan", "unit") for n in range(5)))])

    assert [views.count("letters", "inbox", values, most) for most in (3, 5, 9)] == [3, 5, 5]


@pytest.mark.parametrize("descending", [False, True])
def test_pages_continue_where_the_last_one_ended(views, descending):
    places = [letter(f"k{n:02}", "anan" if n % 2 else "unit", sort=f"{n // 4}") for n in range(20)]
    views.apply([step("s", 0, *places)])
    whole = views.find("letters", "inbox", ["anan", "unit"], limit=100, descending=descending)

    paged, after = [], None
    while page := views.find("letters", "inbox", ["anan", "unit"], limit=3, after=after, descending=descending):
        paged += page
        after = (page[-1].sort, page[-1].key)

    assert keys(paged) == keys(whole)
    assert keys(whole) == sorted(keys(whole), reverse=descending)


def test_lists_are_ordered_by_code_point_and_the_sort_goes_before_the_key(views):
    sorts = ["", " ", "-", "0", "A", "a", "a ", "aa", "b", "ก", "กา", "ฮ", "\uffee", "🌊"]
    places = [(sort, key) for sort in sorts for key in ("ก", "a", "~")]
    views.apply([step("s", 0, *[letter(f"{key}{sort}", "anan", sort=sort) for sort, key in places if sort])])

    whole = views.find("letters", "inbox", ["anan"], limit=100)

    assert [(one.sort, one.key) for one in whole] == sorted((sort, f"{key}{sort}") for sort, key in places if sort)


def test_the_position_only_grows(views):
    views.advance(7)
    views.advance(3)

    assert views.position() == 7


def test_a_rebuild_grows_beside_and_is_swapped_in(views):
    views.apply([step("s", 0, letter("old", "anan"))])
    views.advance(1)
    fresh = views.beside()
    fresh.apply([step("s", 0, letter("new", "anan"))])
    fresh.advance(9)
    before = keys(views.find("letters", "inbox", ["anan"], limit=5))

    views.adopt(fresh)

    assert before == ["old"]
    assert keys(views.find("letters", "inbox", ["anan"], limit=5)) == ["new"]
    assert (views.position(), views.applied(["s"])) == (9, {"s": 1})


def test_an_abandoned_rebuild_leaves_no_trace(views):
    views.beside().apply([step("s", 0, letter("half"))])

    fresh = views.beside()

    assert list(fresh.dump()) == []
    assert fresh.applied(["s"]) == {"s": 0}


def test_records_stand_outside_the_generations(views):
    views.put_record("sessions", "a", {"officer": "anan"})

    views.adopt(views.beside())

    assert views.record("sessions", "a") == {"officer": "anan"}


def test_a_record_is_put_once_when_asked_so(views):
    assert views.put_record("seen", "mail", {"n": 1}, unless_exists=True)
    assert not views.put_record("seen", "mail", {"n": 2}, unless_exists=True)
    assert views.record("seen", "mail") == {"n": 1}
    assert views.delete_record("seen", "mail")
    assert not views.delete_record("seen", "mail")


def test_records_are_listed_in_order_by_page(views):
    for key in ("c", "a", "b"):
        views.put_record("parked", key, {"key": key})

    assert [key for key, _ in views.records("parked", limit=2)] == ["a", "b"]
    assert [key for key, _ in views.records("parked", after="b")] == ["c"]


def test_the_dump_tells_everything_in_order(views):
    views.apply([step("s", 0, letter("b", "x", "a", "x"), Put(table="acts", key="z", doc={}))])

    assert list(views.dump()) == [
        ("acts", "z", {"doc": {}, "index": {}, "sort": ""}),
        ("letters", "b", {"doc": {"subject": "b"}, "index": {"inbox": ["a", "x"]}, "sort": "b"}),
    ]


def test_what_a_reader_does_to_a_document_stays_with_the_reader(views):
    views.apply([step("s", 0, letter("a", files=[1]))])

    views.get("letters", "a")["files"].append(2)

    assert views.get("letters", "a")["files"] == [1]


def test_many_threads_advance_a_stream_once(views):
    won: list[int] = []

    def race(n: int) -> None:
        if not views.apply([step("s", 0, letter(f"k{n}", "anan"))]):
            won.append(n)

    threads = [threading.Thread(target=race, args=(n,)) for n in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(won) == 1
    assert views.count("letters", "inbox", ["anan"]) == 1


def test_a_file_keeps_its_views_when_opened_again(tmp_path):
    first = SqliteViews(tmp_path / "mail.db")
    first.apply([step("s", 0, letter("a", "anan"))])
    first.adopt(first.beside())
    first.apply([step("s", 0, letter("b", "anan"))])
    first.close()

    again = SqliteViews(tmp_path / "mail.db")

    assert keys(again.find("letters", "inbox", ["anan"], limit=5)) == ["b"]
    again.close()


change = st.one_of(
    st.builds(
        lambda key, inboxes, sort: letter(key, *inboxes, sort=sort),
        st.sampled_from("abc"),
        st.lists(st.sampled_from("xyz"), max_size=3),
        st.sampled_from(["1", "2", "3"]),
    ),
    st.builds(lambda key: Delete(table="letters", key=key), st.sampled_from("abc")),
)


TOLD = st.lists(st.tuples(st.sampled_from(["s", "t"]), st.integers(0, 2), st.lists(change, max_size=4)), max_size=12)
"""Steps as (stream, was, changes)."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TOLD)
def test_sqlite_does_what_memory_does(tmp_path_factory, told):
    with closing(SqliteViews(tmp_path_factory.mktemp("views") / "v.db")) as sqlite:
        same_in_both(sqlite, MemoryViews(), told)


def same_in_both(one, memory, told):
    steps = [Step(stream=stream, was=was, to=was + 1, changes=tuple(changes)) for stream, was, changes in told]

    answers = [(engine.apply(steps[:6]), engine.apply(steps[6:])) for engine in (one, memory)]

    assert answers[0] == answers[1]
    assert list(one.dump()) == list(memory.dump())
    for values in (["x"], ["y", "z"], ["x", "y", "z"]):
        assert one.find("letters", "inbox", values, limit=2) == memory.find("letters", "inbox", values, limit=2)
        assert one.count("letters", "inbox", values) == memory.count("letters", "inbox", values)
