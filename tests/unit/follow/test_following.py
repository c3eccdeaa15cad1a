from __future__ import annotations

import threading

import pytest

from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.views import ViewBehind
from saraban.engines.views.memory import MemoryViews
from tests.unit.follow.quarantine import Log, Strange, follower, quarantined, released


def test_a_knock_brings_the_view_up_to_date():
    log = Log()
    commit = log.say(quarantined("a", "broken_mime"))
    following = follower(log)

    following.knock([commit])

    assert following.views.get("mail", "a") == {
        "times": 1,
        "reason": "broken_mime",
        "how": None,
        "by": "สมศรี",
        "at": commit.at,
    }
    assert following.position == 1
    assert log.reads == 0


def test_the_same_knock_again_changes_nothing():
    log = Log()
    commit = log.say(quarantined("a"))
    following = follower(log)

    following.knock([commit])
    following.knock([commit, commit])

    assert following.views.get("mail", "a")["times"] == 1


def test_much_that_is_told_at_once_is_taken_in_portions(monkeypatch):
    monkeypatch.setattr("saraban.follow.follower.PORTION", 10)
    log = Log()
    commits = [log.say(quarantined(f"mail {n}")) for n in range(25)]
    following, taken = follower(log), []
    following._on_applied = lambda happened: taken.append(len(happened))

    following.knock(commits)

    assert taken == [10, 10, 5]
    assert following.position == 25
    assert log.reads == 0


def test_a_knock_is_left_to_whoever_serves_knocks_already():
    log = Log()
    commits = [log.say(quarantined(f"mail {n}")) for n in range(3)]
    following, begun, go_on = follower(log), threading.Event(), threading.Event()
    apply = following.in_thread

    def slowly(fn, *args):
        begun.set()
        go_on.wait(20)
        return apply(fn, *args)

    following.in_thread = slowly
    serving = threading.Thread(target=following.knock, args=([commits[0]],))
    serving.start()
    begun.wait(20)

    following.knock([commits[1]])
    following.knock([commits[2]])
    reached_meanwhile = following.position
    go_on.set()
    serving.join()

    assert reached_meanwhile == 0
    assert following.position == 3
    assert log.reads == 0


def test_of_very_many_knocks_that_wait_the_first_are_read_from_the_log(monkeypatch):
    monkeypatch.setattr("saraban.follow.follower.KNOCKS", 2)
    log = Log()
    commits = [log.say(quarantined(f"mail {n}")) for n in range(5)]
    following = follower(log)
    following._told.extend([one] for one in commits[:4])

    following.knock([commits[4]])

    assert following.position == 5
    assert log.reads == 1


def test_what_a_lost_knock_told_is_read_from_the_log_first():
    log = Log()
    log.say(quarantined("a"))
    log.say(quarantined("b"))
    late = log.say(released("a"))
    following = follower(log)

    following.knock([late])

    assert following.views.get("mail", "a")["how"] == "registered"
    assert following.views.get("desk", "desk") == {"last": "a", "waiting_before": 2}
    assert following.position == 3


def test_an_event_sees_what_earlier_events_of_its_batch_changed():
    log = Log()
    commits = [log.say(quarantined("a")), log.say(quarantined("a")), log.say(released("a"), quarantined("b"))]
    following = follower(log)

    following.knock(commits)

    assert following.views.get("mail", "a")["times"] == 2
    assert following.views.get("desk", "desk") == {"last": "b", "waiting_before": 0}


def test_events_that_nobody_projects_or_knows_advance_their_stream():
    log = Log()
    log.say(Strange("a"))
    log.say(quarantined("a"))
    following = follower(log, projections={"mail.sung": lambda happened, reader: []})

    following.sweep()

    assert following.views.applied(["mail:a"]) == {"mail:a": 2}


def test_a_sweep_finds_what_no_knock_told_and_saves_the_position():
    log = Log()
    for number in range(1203):
        log.say(quarantined(f"mail-{number}"))
    views = MemoryViews()

    follower(log, views).sweep()

    assert views.count("mail", "state", ["waiting"]) == 1203
    assert views.position() == 1203


def test_a_restart_goes_on_from_the_saved_position():
    log = Log()
    log.say(quarantined("a"))
    views = MemoryViews()
    first = follower(log, views)
    first.sweep()
    log.say(released("a"))

    second = follower(log, views)
    second.sweep()

    assert second.position == 2
    assert views.get("mail", "a")["times"] == 1


def test_a_restart_from_a_position_that_was_not_saved_repeats_harmlessly():
    log = Log()
    views = MemoryViews()
    following = follower(log, views)
    following.knock([log.say(quarantined("a")), log.say(quarantined("b"))])
    before = list(views.dump())

    follower(log, views).sweep()

    assert list(views.dump()) == before


def test_waiting_for_a_position_that_is_reached_asks_nobody():
    log = Log()
    following = follower(log)
    following.knock([log.say(quarantined("a"))])

    following.wait_for(1)

    assert log.reads == 0


def test_waiting_for_a_position_reads_the_log_when_the_knock_was_lost():
    log = Log()
    log.say(quarantined("a"))
    log.say(quarantined("b"))
    following = follower(log)

    following.wait_for(1)

    assert following.position == 1
    assert following.views.get("mail", "a") is not None


def test_waiting_for_a_position_that_the_log_has_not_reached_says_so():
    following = follower(Log())

    with pytest.raises(ViewBehind) as caught:
        following.wait_for(7, timeout=0.01)

    assert caught.value.detail == {"what": "mail", "position": 7, "reached": 0}


def test_those_who_want_to_know_are_told_after_the_view_is_written():
    log = Log()
    views = MemoryViews()
    told = []
    following = follower(log, views, on_applied=lambda happened: told.append((happened, views.get("mail", "a"))))

    following.knock([log.say(quarantined("a"), Strange("b"))])

    ((happened, seen),) = told
    assert [(one.stream, one.version, one.position, one.command_id) for one in happened] == [
        ("mail:a", 1, 1, "command-1")
    ]
    assert seen["times"] == 1


def test_a_listener_that_fails_holds_nothing_up():
    log = Log()

    def fail(_happened):
        raise RuntimeError("no ears")

    following = follower(log, on_applied=fail)

    following.knock([log.say(quarantined("a"))])

    assert following.position == 1


def test_when_the_views_are_away_the_knock_fails_and_the_next_one_catches_up():
    log = Log()
    views = MemoryViews()
    following = follower(log, views)
    apply, views.apply = views.apply, _away
    with pytest.raises(Unavailable):
        following.knock([log.say(quarantined("a"))])
    views.apply = apply

    following.knock([log.say(quarantined("b"))])

    assert views.count("mail", "state", ["waiting"]) == 2
    assert following.position == 2


def test_a_process_that_dies_right_after_writing_does_nothing_twice():
    log = Log()
    views = MemoryViews()
    apply = views.apply

    def die(steps):
        apply(steps)
        raise KeyboardInterrupt

    views.apply = die
    with pytest.raises(KeyboardInterrupt):
        follower(log, views).knock([log.say(quarantined("a"))])
    views.apply = apply

    follower(log, views).sweep()

    assert views.get("mail", "a")["times"] == 1


def test_two_processes_may_follow_the_same_views():
    log = Log()
    views = MemoryViews()
    one, other = follower(log, views), follower(log, views)
    commits = [log.say(quarantined("a")), log.say(quarantined("a")), log.say(released("a"))]

    one.knock(commits[:1])
    other.knock(commits[1:2])
    one.knock(commits[2:])

    assert (views.get("mail", "a")["times"], views.get("mail", "a")["how"]) == (2, "registered")
    assert (one.position, other.position) == (3, 2)


def test_a_step_that_another_process_was_faster_with_is_taken_from_there():
    log = Log()
    views = MemoryViews()
    first, second = log.say(quarantined("a")), log.say(quarantined("a"))
    applied = views.applied

    def overtaken(streams):
        views.applied = applied
        found = applied(streams)
        follower(log, views).knock([first])
        return found

    following = follower(log, views)
    views.applied = overtaken

    following.knock([first, second])

    assert views.get("mail", "a")["times"] == 2


def test_a_stream_that_the_view_lost_track_of_is_read_from_its_beginning():
    log = Log()
    views = MemoryViews()
    views.advance(2)
    log.say(quarantined("a"))
    log.say(quarantined("a"))

    follower(log, views).knock([log.say(released("a"))])

    assert views.get("mail", "a")["times"] == 2
    assert views.applied(["mail:a"]) == {"mail:a": 3}


def _away(_steps):
    raise Unavailable({"what": "views"})
