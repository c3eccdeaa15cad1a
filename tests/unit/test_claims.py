from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from saraban.claims import TABLE, Claims, claimed
from saraban.engines.views.memory import MemoryViews

TURN = timedelta(seconds=30)
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Watch:
    """A clock that is set by hand."""

    def __init__(self):
        self.time = NINE

    def now(self):
        return self.time


@pytest.fixture
def views():
    return MemoryViews()


def test_of_two_only_one_has_a_claim(views):
    with claimed(views, "mail:1", NINE) as mine, claimed(views, "mail:1", NINE) as others:
        assert (mine, others) == (True, False)


def test_a_claim_given_back_is_free(views):
    with claimed(views, "mail:1", NINE):
        pass

    with claimed(views, "mail:1", NINE) as mine:
        assert mine
    assert views.records(TABLE) == []


def test_what_a_killed_process_had_is_free_after_a_while(views):
    views.put_record(TABLE, "mail:1", {"until": NINE.isoformat(), "by": "killed"})

    with claimed(views, "mail:1", NINE + timedelta(seconds=1)) as mine:
        assert mine


def test_of_two_who_find_an_expired_claim_one_gets_it(views):
    views.put_record(TABLE, "mail:1", {"until": NINE.isoformat(), "by": "killed"})
    late = NINE + timedelta(seconds=1)

    with claimed(views, "mail:1", late) as mine, claimed(views, "mail:1", late) as others:
        assert (mine, others) == (True, False)


def test_who_read_an_expired_claim_before_another_replaced_it_does_not_get_it(views, monkeypatch):
    views.put_record(TABLE, "mail:1", {"until": NINE.isoformat(), "by": "killed"})
    late, read = NINE + timedelta(seconds=1), views.record
    overtaken = iter([True])

    def record_then_be_overtaken(table, key):
        known = read(table, key)
        if next(overtaken, False):
            views.put_record(TABLE, "mail:1", {"until": (late + timedelta(minutes=1)).isoformat(), "by": "another"})
        return known

    monkeypatch.setattr(views, "record", record_then_be_overtaken)
    with claimed(views, "mail:1", late) as mine:
        assert not mine
    assert read(TABLE, "mail:1")["by"] == "another"


def test_a_claim_that_expired_under_its_owner_is_not_taken_from_the_next(views):
    with claimed(views, "mail:1", NINE):
        with claimed(views, "mail:1", NINE + timedelta(minutes=3)) as next_one:
            assert next_one
        views.put_record(TABLE, "mail:1", {"until": NINE.isoformat(), "by": "another"})

    assert views.record(TABLE, "mail:1")["by"] == "another"


def test_the_only_process_writes_no_claims():
    done = []

    Claims().each_by_one("read", done.append)("file")

    assert done == ["file"]


def test_of_several_processes_one_works_on_a_key(views):
    done, watch = [], Watch()
    one, other = Claims(views, watch), Claims(views, watch)

    one.each_by_one("read", other.each_by_one("read", done.append))("file")

    assert done == []


def test_a_turn_is_waited_for_and_not_longer_than_patience_lasts(views):
    watch = Watch()
    one, other = Claims(views, watch), Claims(views, watch)

    with one.turn("index", TURN, 0.2) as mine, other.turn("index", TURN, 0.2) as others:
        assert (mine, others) == (True, False)
    with other.turn("index", TURN, 0.2) as mine:
        assert mine


def test_a_claim_that_is_kept_outlasts_its_time_and_is_free_afterwards(views):
    watch = Watch()
    one, other = Claims(views, watch), Claims(views, watch)

    with one.kept("rebuild") as keep:
        for _ in range(3):
            watch.time += timedelta(seconds=90)
            keep()
        with other.kept("rebuild") as others:
            assert others is None

    with other.kept("rebuild") as others:
        assert others is not None


def test_a_claim_that_was_not_kept_goes_to_another_and_cannot_be_taken_back(views):
    watch = Watch()
    one, other = Claims(views, watch), Claims(views, watch)

    with one.kept("rebuild") as keep:
        watch.time += timedelta(minutes=3)
        with other.kept("rebuild") as others:
            keep()
            others()

            assert [doc["until"] for _, doc in views.records(TABLE)] == [
                (watch.time + timedelta(minutes=2)).isoformat()
            ]


def test_the_only_process_keeps_everything():
    with Claims().kept("rebuild") as keep:
        assert keep is not None
