from __future__ import annotations

from saraban.follow import replay
from saraban.parking import parked
from saraban.ports import Delete, Put, Step
from tests.unit.follow.quarantine import PROJECTIONS, Log, follower, quarantined, released


def a_log():
    log = Log()
    log.say(quarantined("a"))
    log.say(quarantined("b"))
    log.say(released("a"))
    return log


def test_a_replay_of_sound_views_finds_them_alike():
    following = follower(a_log())
    following.sweep()

    found = replay(following, check_only=True)

    assert (found.alike, found.differences, found.position, found.adopted) == (True, [], 3, False)


def test_a_check_tells_a_difference_and_touches_nothing():
    following = follower(a_log())
    following.sweep()
    damage(following)

    found = replay(following, check_only=True)

    ((difference),) = found.differences
    assert (difference["table"], difference["key"]) == ("mail", "b")
    assert difference["live"]["doc"] == {"times": 77}
    assert difference["rebuilt"]["doc"]["times"] == 1
    assert following.views.get("mail", "b") == {"times": 77}


def test_a_replay_puts_the_rebuilt_views_in_place():
    following = follower(a_log())
    following.sweep()
    damage(following)

    found = replay(following, check_only=False)

    assert found.adopted is True
    assert following.views.get("mail", "b")["times"] == 1
    following.knock([following.log.say(released("b"))])
    assert following.views.get("mail", "b")["how"] == "registered"


def test_a_replay_brings_the_live_views_to_the_end_of_the_log_before_it_compares():
    following = follower(a_log())

    found = replay(following, check_only=True)

    assert found.alike is True
    assert following.position == 3


def test_documents_on_one_side_only_are_differences():
    following = follower(a_log())
    following.sweep()
    change(following, Delete(table="mail", key="a"), Put(table="mail", key="z", doc={}))

    found = replay(following, check_only=True)

    assert [(one["key"], one["live"] is None, one["rebuilt"] is None) for one in found.differences] == [
        ("a", True, False),
        ("z", False, True),
    ]


def test_a_replay_with_a_mended_projection_empties_the_parking():
    log = a_log()
    following = follower(log, projections={**PROJECTIONS, "mail.released": fail})
    following.sweep()
    mended = follower(log, following.views)

    replay(mended, check_only=False)

    assert parked(mended.views) == []
    assert mended.views.get("mail", "a")["how"] == "registered"


def test_a_replay_names_the_streams_that_cannot_be_followed():
    following = follower(a_log(), projections={**PROJECTIONS, "mail.released": fail})

    found = replay(following, check_only=False)

    assert found.unfollowed == {"mail:a": "no"}
    assert [doc["stream"] for _, doc in parked(following.views)] == ["mail:a"]


def damage(following):
    change(following, Put(table="mail", key="b", doc={"times": 77}, index={"state": ["waiting"]}))


def change(following, *changes):
    following.views.apply([Step(stream="nobody's", was=0, to=1, changes=changes)])


def fail(_happened, _reader):
    raise ArithmeticError("no")
