from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saraban.engines.views.memory import MemoryViews
from saraban.follow.overlay import Overlay
from saraban.ports import Delete, Put, Step

KEYS = st.sampled_from("abcdef")
STATES = st.lists(st.sampled_from(["waiting", "done"]), max_size=2, unique=True)
PUTS = st.builds(
    lambda key, states, sort, number: Put(table="mail", key=key, doc={"n": number}, index={"state": states}, sort=sort),
    KEYS,
    STATES,
    st.sampled_from(["1", "2", "3"]),
    st.integers(),
)
CHANGES = st.lists(st.one_of(PUTS, st.builds(lambda key: Delete(table="mail", key=key), KEYS)), max_size=8)
AFTER = st.none() | st.tuples(st.sampled_from(["1", "2", "3"]), KEYS)


def holding(*batches):
    views = MemoryViews()
    for number, changes in enumerate(batches):
        views.apply([Step(stream="s", was=number, to=number + 1, changes=tuple(changes))])
    return views


@given(
    CHANGES,
    CHANGES,
    st.lists(st.sampled_from(["waiting", "done"]), unique=True),
    st.integers(1, 5),
    AFTER,
    st.booleans(),
)
def test_laid_over_or_written_a_change_reads_the_same(stored, laid, values, limit, after, descending):
    written = holding(stored, laid)
    overlay = Overlay(holding(stored))

    overlay.lay(laid)

    assert overlay.find("mail", "state", values, limit=limit, after=after, descending=descending) == written.find(
        "mail", "state", values, limit=limit, after=after, descending=descending
    )
    assert overlay.count("mail", "state", values) == written.count("mail", "state", values)
    assert overlay.get_many("mail", "abcdefg") == written.get_many("mail", "abcdefg")
    assert [overlay.get("mail", key) for key in "abcdefg"] == [written.get("mail", key) for key in "abcdefg"]
