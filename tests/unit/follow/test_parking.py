from __future__ import annotations

import pytest

from saraban.engines.views.memory import MemoryViews
from saraban.follow.follower import TRIES
from saraban.parking import parked
from tests.unit.follow.quarantine import PROJECTIONS, Log, follower, quarantined, released, went_out


class Stumbles:
    """A projection that cannot take mail `poison` until it is mended."""

    def __init__(self):
        self.mended = False
        self.tried = 0

    def __call__(self, happened, reader):
        self.tried += 1
        if happened.event.sha256 == "poison" and not self.mended:
            raise ZeroDivisionError("how many is none")
        return went_out(happened, reader)


@pytest.fixture
def log():
    log = Log()
    log.say(quarantined("poison"))
    log.say(released("poison"), quarantined("good"))
    log.say(quarantined("poison"))
    log.say(released("good"))
    return log


@pytest.fixture
def stumbles():
    return Stumbles()


@pytest.fixture
def following(log, stumbles):
    return follower(log, projections={**PROJECTIONS, "mail.released": stumbles})


def test_an_event_that_cannot_be_followed_is_parked_and_the_rest_goes_on(following):
    following.sweep()

    ((key, doc),) = parked(following.views)
    assert key == "stream:mail:poison"
    assert (doc["kind"], doc["stream"], doc["version"], doc["tries"]) == ("stream", "mail:poison", 2, 1)
    assert doc["error"] == "ZeroDivisionError: how many is none"
    assert following.views.get("mail", "good")["how"] == "registered"
    assert following.position == 4


def test_later_events_of_a_parked_stream_wait_behind_it(following, log):
    following.sweep()

    following.knock([log.say(quarantined("poison"))])

    assert following.views.get("mail", "poison")["times"] == 1
    assert following.views.applied(["mail:poison"]) == {"mail:poison": 1}


def test_a_retry_after_the_mending_finishes_the_stream_in_order(following, stumbles):
    following.sweep()
    stumbles.mended = True

    done = following.retry("mail:poison")

    assert done is True
    assert parked(following.views) == []
    assert following.views.get("mail", "poison")["times"] == 2
    assert following.views.applied(["mail:poison"]) == {"mail:poison": 3}


def test_a_retry_that_fails_counts_and_stays_parked(following):
    following.sweep()

    done = following.retry("mail:poison")

    ((_, doc),) = parked(following.views)
    assert done is False
    assert doc["tries"] == 2


def test_sweeps_try_a_parked_stream_a_few_times_only(following, stumbles):
    for _ in range(TRIES + 5):
        following.sweep()

    good_mails = 1
    assert stumbles.tried == TRIES + good_mails


def test_a_sweep_mends_what_had_failed_in_passing(following, stumbles):
    following.sweep()
    stumbles.mended = True

    following.sweep()

    assert parked(following.views) == []
    assert following.views.applied(["mail:poison"]) == {"mail:poison": 3}


def test_a_stream_that_another_process_released_is_followed_again(following, log, stumbles):
    following.sweep()
    stumbles.mended = True
    other = follower(log, following.views)
    other.retry("mail:poison")

    following.knock([log.say(quarantined("poison"))])

    assert following.views.applied(["mail:poison"]) == {"mail:poison": 4}


def test_data_that_do_not_fit_their_event_park_their_stream(log):
    good = log.say(quarantined("odd"))
    views = MemoryViews()
    from msgspec.structs import replace

    odd = replace(good.events[0], version=2, data={"sha256": 7})
    following = follower(log, views)
    log.write(odd)

    following.sweep()

    ((_, doc),) = parked(views)
    assert (doc["stream"], doc["version"]) == ("mail:odd", 2)
    assert views.get("mail", "odd") is not None


def test_a_document_that_cannot_be_written_parks_its_stream_only(log):
    views = MemoryViews()
    apply = views.apply

    def choosy(steps):
        if any(step.stream == "mail:poison" for step in steps):
            raise TypeError("a set is no JSON")
        return apply(steps)

    views.apply = choosy
    following = follower(log, views)

    following.sweep()

    assert [doc["stream"] for _, doc in parked(views)] == ["mail:poison"]
    assert views.get("mail", "good")["how"] == "registered"
    assert views.applied(["mail:poison"]) == {"mail:poison": 0}
