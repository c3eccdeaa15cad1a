"""Routing's views are what the log says, whatever the messages do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saraban.contracts import ids
from saraban.contracts.events.registry import ParticularsCorrected
from saraban.contracts.letters import Particulars
from saraban.engines.views.memory import MemoryViews
from saraban.follow import Follower, Happened
from services.routing.views import shelves
from services.routing.views.projections import projections
from services.routing.views.touched import touched
from tests.builders import FLOOD, appointed
from tests.unit.routing.office import Office

NIDA = {"kind": "officer", "id": "nida"}


def busy_office():
    """Two letters through everything that routing knows."""
    office = Office()
    office.receive()
    office.receive("fire", Particulars(subject="อัคคีภัย"), 2)
    office.circulate("unit:legal", "officer:anan")
    office.circulate("unit:licence", letter_id="fire")
    office.acknowledge("nida")
    action_id = office.endorse("somsri", "โปรดดำเนินการ", order="assign", to=NIDA)["action_id"]
    office.action_done("nida", action_id)
    office.endorse("somsri", order="note", to=NIDA)
    office.say(ids.ORGANISATION_STREAM, appointed("anan", unit_id="legal"))
    office.circulate("unit:legal")
    secret = Particulars(subject=FLOOD.subject, secrecy="secret")
    office.say_of("flood", ParticularsCorrected(letter_id="flood", particulars=secret))
    office.mark_read("kanya", "fire")
    office.desk.follower.sweep()
    return office


OFFICE = busy_office()
COMMITS = OFFICE.log.read(0, 1000)
TOLD = list(OFFICE.views.dump())


@given(order=st.lists(st.integers(0, len(COMMITS) - 1), max_size=40))
@settings(max_examples=60, deadline=None)
def test_knocks_that_are_dropped_repeated_and_out_of_order_make_the_same_views(order):
    views = MemoryViews()
    follower = Follower("routing", views, OFFICE.log, projections())

    for place in order:
        follower.knock([COMMITS[place]])
    follower.sweep()

    assert list(views.dump()) == TOLD


@given(sizes=st.lists(st.integers(1, 5), min_size=len(COMMITS)))
@settings(max_examples=30, deadline=None)
def test_events_that_come_together_make_the_same_views_as_one_by_one(sizes):
    views, rest = MemoryViews(), list(COMMITS)
    follower = Follower("routing", views, OFFICE.log, projections())

    for size in sizes:
        batch, rest = rest[:size], rest[size:]
        follower.knock(batch)

    assert list(views.dump()) == TOLD


class MortalViews(MemoryViews):
    """Views of a process that is killed at its next write, just before or just after it."""

    killed_at: str | None = None

    def apply(self, steps):
        killed_at, self.killed_at = self.killed_at, None
        if killed_at == "before":
            raise KeyboardInterrupt
        refused = super().apply(steps)
        if killed_at == "after":
            raise KeyboardInterrupt
        return refused


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("place", range(1, len(COMMITS)))
def test_a_process_killed_while_it_writes_leaves_views_that_the_next_one_completes(place, moment):
    views = MortalViews()
    follower = Follower("routing", views, OFFICE.log, projections())
    follower.knock(COMMITS[:place])
    views.killed_at = moment

    with pytest.raises(KeyboardInterrupt):
        follower.knock(COMMITS[place : place + 2])
    Follower("routing", views, OFFICE.log, projections()).sweep()

    assert list(views.dump()) == TOLD


def test_an_event_taken_twice_changes_nothing_more():
    views = MemoryViews()
    follower = Follower("routing", views, OFFICE.log, projections())
    follower.knock(COMMITS)

    follower.knock(COMMITS)

    assert list(views.dump()) == TOLD


def test_a_reader_of_a_large_circulation_rewrites_only_their_own_document():
    office = Office()
    office.receive()
    office.circulate("unit:legal", "unit:licence")
    happened = _last(office, lambda: office.acknowledge("nida"))

    changes = list(projections()["letter.acknowledged"](happened, office.views))

    assert {(one.table, one.key) for one in changes} == {
        (shelves.READERS, "flood:nida"),
        (shelves.HISTORY, f"flood:{happened.version:09d}"),
    }


def test_a_circulation_touches_the_inboxes_of_units_and_named_officers():
    office = Office()
    office.receive()

    happened = _last(office, lambda: office.circulate("unit:legal", "officer:anan"))

    [inboxes] = touched([happened], office.views)
    assert (inboxes.letter_id, inboxes.unit_ids, inboxes.officer_ids) == ("flood", {"legal"}, {"anan"})


def test_work_that_is_done_touches_who_did_it_and_who_ordered_it():
    office = Office()
    office.receive()
    action_id = office.endorse("somsri", order="assign", to=NIDA)["action_id"]

    happened = _last(office, lambda: office.action_done("nida", action_id))

    assert touched([happened], office.views)[0].officer_ids == {"nida", "somsri"}


def test_a_letter_that_only_arrives_touches_no_inbox():
    office = Office()

    happened = _last(office, office.receive)

    assert touched([happened], office.views) == []


def _last(office: Office, act) -> Happened:
    act()
    office.desk.follower.sweep()
    return office.told[-1]
