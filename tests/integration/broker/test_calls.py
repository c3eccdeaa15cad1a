from __future__ import annotations

import pytest

from saraban.broker.desk import furnished
from saraban.broker.rpc import rpc
from saraban.contracts.errors import SarabanError
from saraban.contracts.errors.log import VersionConflict
from tests.integration.broker.green import in_green, serving


class Desk:
    def __init__(self, office):
        self.services = office.services

    def close(self):
        pass


class Counter:
    name = "counter"
    desk = furnished(Desk)

    @rpc
    def number(self, letter):
        return {"letter": letter, "number": 1234}

    @rpc
    def conflict(self):
        raise VersionConflict({"stream": "letter:1", "expected": 2, "actual": 3})

    @rpc
    def break_down(self):
        raise RuntimeError("password=secret")

    @rpc
    def dawdle(self, seconds):
        import eventlet

        eventlet.sleep(seconds)

    @rpc
    def answer_nonsense(self):
        return object()

    @rpc
    def correlation(self):
        from saraban.broker.correlation import correlation_id

        return correlation_id()


class Window:
    name = "window"
    desk = furnished(Desk)

    @rpc
    def ask(self, letter):
        return self.desk.services.call("counter", "number", letter=letter)

    @rpc
    def ask_for_conflict(self):
        return self.desk.services.call("counter", "conflict")

    @rpc
    def correlations(self):
        from saraban.broker.correlation import correlation_id

        return [correlation_id(), *(self.desk.services.call("counter", "correlation") for _ in range(2))]

    @rpc
    def crowd(self, people):
        import eventlet

        asked = [eventlet.spawn(self.desk.services.call, "window", "ask", letter=one) for one in range(people)]
        return [each.wait()["letter"] for each in asked]


def scenario():
    with serving(Counter, Window) as caller:
        return {
            "answer": caller.call("window", "ask", letter={"เรื่อง": "อุทกภัย", "หน้า": 3}),
            "conflict": told(caller, "counter", "conflict"),
            "conflict through another": told(caller, "window", "ask_for_conflict"),
            "unknown error": told(caller, "counter", "break_down"),
            "no such method": told(caller, "counter", "fly"),
            "wrong arguments": told(caller, "counter", "number", paper=1),
            "too late": told(caller, "counter", "dawdle", seconds=5, timeout=0.1),
            "not running": told(caller, "nobody", "number", timeout=0.2),
            "not JSON": told(caller, "counter", "answer_nonsense"),
            "still there": caller.call("counter", "number", letter="ก"),
            "correlations": caller.call("window", "correlations"),
            "crowd": caller.call("window", "crowd", people=200, timeout=30),
        }


def told(caller, service, method, **kwargs):
    try:
        return caller.call(service, method, **kwargs)
    except SarabanError as error:
        return [type(error).__name__, error.detail, str(error)]


@pytest.fixture(scope="module")
def seen(broker):
    return in_green(scenario, broker=broker)


def test_a_call_is_answered(seen):
    assert seen["answer"] == {"letter": {"เรื่อง": "อุทกภัย", "หน้า": 3}, "number": 1234}


@pytest.mark.parametrize("how", ["conflict", "conflict through another"])
def test_an_error_of_ours_arrives_with_its_class_and_detail(seen, how):
    kind, detail, _ = seen[how]

    assert kind == "VersionConflict"
    assert detail == {"stream": "letter:1", "expected": 2, "actual": 3}


def test_an_unknown_error_arrives_without_its_inside(seen):
    kind, detail, text = seen["unknown error"]

    assert kind == "ServiceFailed"
    assert detail["what"] == "counter"
    assert detail["incident"]
    assert "secret" not in text


@pytest.mark.parametrize("how", ["no such method", "wrong arguments", "not JSON"])
def test_a_call_that_makes_no_sense_is_a_failure_of_the_service(seen, how):
    assert seen[how][0] == "ServiceFailed"


@pytest.mark.parametrize(("how", "service"), [("too late", "counter"), ("not running", "nobody")])
def test_who_does_not_answer_in_time_is_away(seen, how, service):
    kind, detail, _ = seen[how]

    assert kind == "ServiceAway"
    assert detail == {"what": service}


def test_a_service_that_failed_goes_on(seen):
    assert seen["still there"] == {"letter": "ก", "number": 1234}


def test_everything_that_one_call_sets_off_has_one_correlation_id(seen):
    assert len(set(seen["correlations"])) == 1


def test_more_calls_than_workers_that_wait_for_calls_do_not_block_each_other(seen):
    assert seen["crowd"] == list(range(200))
