from __future__ import annotations

import pytest

from saraban.broker import events
from saraban.broker.bells import every
from saraban.broker.desk import furnished
from saraban.broker.events import hear
from saraban.broker.rpc import rpc
from saraban.contracts.errors import Unavailable
from saraban.engines.views.memory import MemoryViews
from saraban.parking import parked
from tests.integration.broker.green import in_green, serving, wait_until


class Desk:
    def __init__(self, office):
        self.publish = office.publish
        self.ring = office.ring
        self.views = MemoryViews()
        self.heard = []

    def close(self):
        pass


class Speaker:
    name = "speaker"
    desk = furnished(Desk)

    @rpc
    def say(self, event, payload):
        self.desk.publish(event, payload)


class Listener:
    """Hears in two places, and wants an event a few times before it takes it."""

    desk = furnished(Desk)

    @hear("speaker", "news")
    def on_news(self, payload):
        self.desk.heard.append(["pool", payload])

    @hear("speaker", "news", broadcast=True)
    def on_broadcast(self, payload):
        self.desk.heard.append(["broadcast", payload])

    @hear("speaker", "hard")
    def on_hard(self, payload):
        self.desk.heard.append(["tried", payload["name"]])
        if self.desk.heard.count(["tried", payload["name"]]) < payload["until"]:
            raise RuntimeError("not yet")

    @hear("speaker", "hint", broadcast=True)
    def on_hint(self, payload):
        self.desk.heard.append(["hinted", payload])
        raise RuntimeError("a hint")

    @hear("speaker", "slow")
    def on_slow(self, payload):
        import eventlet

        eventlet.sleep(0.3)
        self.desk.heard.append(["slow", payload])

    @rpc
    def heard(self):
        return self.desk.heard

    @rpc
    def parking(self):
        return [doc for _, doc in parked(self.desk.views)]


class Left(Listener):
    name = "left"


class Right(Listener):
    name = "right"


def scenario():
    events.DELAYS = (0.01, 0.02)
    with serving(Speaker, Left, Right) as caller:
        say(caller, "news", 1)
        say(caller, "news", 2)
        say(caller, "hard", {"name": "twice", "until": 2})
        say(caller, "hard", {"name": "always", "until": 100})
        say(caller, "hint", "ก")
        wait_until(lambda: caller.call("left", "parking") and caller.call("right", "parking"))
        return {
            "heard": [caller.call(one, "heard") for one in ("left", "right")],
            "parked": caller.call("left", "parking"),
        }


def say(caller, event, payload):
    caller.call("speaker", "say", event=event, payload=payload)


@pytest.fixture(scope="module")
def seen(broker):
    return in_green(scenario, broker=broker)


def test_every_kind_of_service_hears_an_event_once(seen):
    for heard in seen["heard"]:
        assert [payload for how, payload in heard if how == "pool"] == [1, 2]


def test_a_broadcast_reaches_every_process(seen):
    for heard in seen["heard"]:
        assert [payload for how, payload in heard if how == "broadcast"] == [1, 2]


def test_an_event_that_fails_is_tried_again(seen):
    assert seen["heard"][0].count(["tried", "twice"]) == 2


def test_an_event_that_always_fails_is_parked_after_the_last_try(seen):
    (doc,) = seen["parked"]

    assert seen["heard"][0].count(["tried", "always"]) == 3
    assert (doc["kind"], doc["source"], doc["event_type"], doc["handler"]) == ("message", "speaker", "hard", "on_hard")
    assert (doc["error"], doc["tries"]) == ("RuntimeError: not yet", 3)
    assert doc["payload"]["name"] == "always"


def test_a_hint_that_fails_is_not_tried_again(seen):
    assert seen["heard"][0].count(["hinted", "ก"]) == 1


class Kept(Listener):
    name = "kept"

    @staticmethod
    def keep(office):
        Kept.only_desk = Desk(office)
        return Kept.only_desk

    desk = furnished(keep)


def scenario_stopping():
    events.DELAYS = (1000.0,)
    with serving(Speaker, Kept) as caller:
        say(caller, "slow", "being handled")
        say(caller, "hard", {"name": "waiting", "until": 100})
        wait_until(lambda: ["tried", "waiting"] in caller.call("kept", "heard"))
    desk = Kept.only_desk
    return {"heard": desk.heard, "parked": [doc["payload"]["name"] for _, doc in parked(desk.views)]}


def test_stopping_finishes_what_is_handled_and_tries_what_waits_a_last_time(broker):
    seen = in_green(scenario_stopping, broker=broker)

    assert ["slow", "being handled"] in seen["heard"]
    assert seen["heard"].count(["tried", "waiting"]) == 2
    assert seen["parked"] == ["waiting"]


class Sulking(MemoryViews):
    """Views that are away until the third time they are asked to keep something."""

    asked = 0

    def put_record(self, *args, **kwargs):
        Sulking.asked += 1
        if Sulking.asked < 3:
            raise Unavailable({"what": "views"})
        return super().put_record(*args, **kwargs)


class Moody(Listener):
    name = "moody"

    @staticmethod
    def sulk(office):
        desk = Desk(office)
        desk.views = Sulking()
        return desk

    desk = furnished(sulk)


def scenario_no_parking():
    events.DELAYS = (0.01,)
    with serving(Speaker, Moody) as caller:
        say(caller, "hard", {"name": "always", "until": 100})
        wait_until(lambda: caller.call("moody", "parking"))
        return [doc["tries"] for doc in caller.call("moody", "parking")]


def test_an_event_that_cannot_even_be_parked_is_kept_until_it_can(broker):
    assert in_green(scenario_no_parking, broker=broker) == [4]


class Sweeper:
    name = "sweeper"
    desk = furnished(Desk)

    @every("sweep_seconds", bell="broom")
    def clean(self):
        self.desk.heard.append("swept")

    @rpc
    def swept(self):
        return len(self.desk.heard)

    @rpc
    def ring(self):
        self.desk.ring("broom")


def scenario_bell():
    with serving(Sweeper, sweep_seconds=1000) as caller:
        wait_until(lambda: caller.call("sweeper", "swept") == 1)
        caller.call("sweeper", "ring")
        wait_until(lambda: caller.call("sweeper", "swept") == 2)
        return caller.call("sweeper", "swept")


def test_a_bell_brings_the_next_run_at_once():
    assert in_green(scenario_bell) == 2
