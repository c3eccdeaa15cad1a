from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from saraban.engines.views.memory import MemoryViews
from tests.unit.follow.quarantine import Log, follower, quarantined, released

STREAMS = ["mail:a", "mail:b", "mail:c"]
MAILS = st.sampled_from("abc")
HAPPENINGS = st.one_of(
    st.builds(quarantined, MAILS, st.sampled_from(["no_sender", "broken"])), st.builds(released, MAILS)
)


@st.composite
def a_log(draw):
    log = Log()
    for mail in "abc":
        log.say(quarantined(mail))
    for events in draw(st.lists(st.lists(HAPPENINGS, min_size=1, max_size=3), max_size=12)):
        log.say(*events)
    return log


@st.composite
def deliveries(draw, log):
    """Knocks as a bad broker brings them: some never, some twice, in any order, to either of two processes."""
    commits = log.store.read(0, 1000)
    knocks = draw(st.lists(st.lists(st.sampled_from(commits), max_size=4), max_size=20))
    return [(draw(st.integers(0, 1)), knock) for knock in knocks]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_however_messages_are_dropped_repeated_and_reordered_the_views_end_equal(data):
    log = data.draw(a_log())
    expected = MemoryViews()
    for commit in log.store.read(0, 1000):
        follower(log, expected).knock([commit])
    views = MemoryViews()
    processes = [follower(log, views), follower(log, views)]

    for process, knock in data.draw(deliveries(log)):
        processes[process].knock(knock)
    for process in processes:
        process.sweep()

    assert list(views.dump()) == list(expected.dump())
    assert views.applied(STREAMS) == expected.applied(STREAMS)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_at_every_moment_the_views_are_what_the_log_was_at_some_position(data):
    log = data.draw(a_log())
    commits = log.store.read(0, 1000)
    moments = [[]]
    in_order = follower(log)
    for commit in commits:
        in_order.knock([commit])
        moments.append(list(in_order.views.dump()))
    following = follower(log)

    for _, knock in data.draw(deliveries(log)):
        following.knock(knock)

        assert list(following.views.dump()) == moments[following.position]
