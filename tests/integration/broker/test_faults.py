"""What a broken connection, a killed process, a stuck process or an emptied broker must not break. On a real RabbitMQ."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import threading

import pytest

from deploy.local.ports import free_port
from deploy.local.rabbitmq import Broker, start
from tests.integration.broker.office import ask, noted, process, ready, say, until
from tests.servers import own_server, server

pytestmark = pytest.mark.servers


@pytest.fixture
def virtual_host(request):
    """A virtual host of the test's own: its name and address."""
    name = request.node.name
    return name, Broker(server("rabbitmq")).virtual_host(name)


def numbers(path):
    return sorted(number for number, _ in noted(path))


def test_a_process_killed_over_an_event_leaves_it_to_another_which_does_it_once(tmp_path, virtual_host):
    _, broker = virtual_host
    with process(tmp_path, broker, "speaker"), process(tmp_path, broker, "clerk") as killed:
        say(broker, [1], how="slowly")
        until(lambda: noted(tmp_path / "begun"))
        killed.kill()

        with process(tmp_path, broker, "clerk"):
            until(lambda: noted(tmp_path / "done"))

    assert numbers(tmp_path / "done") == [1]
    assert len({by for _, by in noted(tmp_path / "begun")}) == 2


def test_two_processes_share_the_work(tmp_path, virtual_host):
    _, broker = virtual_host
    with process(tmp_path, broker, "speaker"), process(tmp_path, broker, "clerk"), process(tmp_path, broker, "clerk"):
        say(broker, range(40))
        until(lambda: len(noted(tmp_path / "done")) == 40)

    assert numbers(tmp_path / "done") == list(range(40))
    assert len({by for _, by in noted(tmp_path / "done")}) == 2


def test_a_poisoned_event_is_parked_while_the_rest_flows_and_is_done_by_a_retry(tmp_path, virtual_host):
    _, broker = virtual_host
    (tmp_path / "broken").touch()
    with process(tmp_path, broker, "speaker"), process(tmp_path, broker, "clerk"):
        say(broker, [1], how="badly")
        say(broker, [2, 3])
        until(lambda: ask(broker, "clerk", "parked_list"))
        flowed = numbers(tmp_path / "done")
        (parked,) = ask(broker, "clerk", "parked_list")
        (tmp_path / "broken").unlink()
        ask(broker, "clerk", "parked_retry", key=parked["key"])

        assert ask(broker, "clerk", "parked_list") == []

    assert flowed == [2, 3]
    assert (parked["tries"], parked["error"]) == (3, "ArithmeticError: no")
    assert numbers(tmp_path / "done") == [1, 2, 3]


def test_work_that_blocks_longer_than_two_heartbeats_keeps_its_connection(tmp_path, virtual_host):
    _, broker = virtual_host
    with process(tmp_path, broker, "speaker"), process(tmp_path, broker, "clerk", heartbeat=2):
        say(broker, [1], how="slowly")
        until(lambda: noted(tmp_path / "done"))

    assert numbers(tmp_path / "begun") == [1]


def test_what_a_stuck_process_holds_goes_to_another(tmp_path, virtual_host):
    _, broker = virtual_host
    with process(tmp_path, broker, "speaker"), process(tmp_path, broker, "clerk", heartbeat=2) as stuck:
        say(broker, [1], how="slowly")
        until(lambda: noted(tmp_path / "begun"))
        stuck.send_signal(signal.SIGSTOP)

        with process(tmp_path, broker, "clerk"):
            until(lambda: noted(tmp_path / "done"))

    assert noted(tmp_path / "done")[0][1] != stuck.pid


def test_queues_that_were_deleted_are_there_again(tmp_path, virtual_host):
    name, broker = virtual_host
    shared = Broker(server("rabbitmq"))
    with process(tmp_path, broker, "speaker"), process(tmp_path, broker, "clerk"):
        before = set(shared.queues(name))
        shared.delete_all(name)
        until(lambda: set(shared.queues(name)) == before)

        say(broker, [1])
        until(lambda: noted(tmp_path / "done"))

    assert {"rpc-clerk", "evt-speaker-news--clerk.take"} <= before


def test_queues_are_replicated_and_keep_what_was_delivered_too_often(tmp_path, virtual_host):
    name, broker = virtual_host
    with process(tmp_path, broker, "clerk"):
        events = Broker(server("rabbitmq")).describe("evt-speaker-news--clerk.take", name)
        calls = Broker(server("rabbitmq")).describe("rpc-clerk", name)

    assert events["type"] == calls["type"] == "quorum"
    assert events["arguments"]["x-delivery-limit"] == 20
    assert events["arguments"]["x-dead-letter-exchange"] == "saraban.dead"


def test_a_service_that_is_away_is_told_in_time_and_does_not_act_later(tmp_path, virtual_host):
    name, broker = virtual_host
    with process(tmp_path, broker, "clerk"):
        pass

    away = ask(broker, "clerk", "slowly", number=1, timeout=0.5)
    with process(tmp_path, broker, "clerk"):
        until(lambda: Broker(server("rabbitmq")).queues(name)["rpc-clerk"] == 0)
        ask(broker, "clerk", "written")

    assert away == "service.away"
    assert noted(tmp_path / "begun") == []


def test_a_call_to_a_killed_process_is_answered_by_the_next(tmp_path, virtual_host):
    _, broker = virtual_host
    told = []
    with process(tmp_path, broker, "clerk") as killed:
        asking = threading.Thread(target=lambda: told.append(ask(broker, "clerk", "slowly", number=1, timeout=20)))
        asking.start()
        until(lambda: noted(tmp_path / "begun"))
        killed.kill()

        with process(tmp_path, broker, "clerk") as next_one:
            asking.join()

    assert told == [{"number": 1, "by": next_one.pid}]


def test_told_to_stop_a_process_finishes_what_it_does_and_goes(tmp_path, virtual_host):
    _, broker = virtual_host
    with process(tmp_path, broker, "speaker"), process(tmp_path, broker, "clerk") as told:
        say(broker, [1], how="slowly")
        until(lambda: noted(tmp_path / "begun"))
        told.send_signal(signal.SIGTERM)
        code = told.wait(30)

    assert code == 0
    assert numbers(tmp_path / "begun") == numbers(tmp_path / "done") == [1]


def test_a_broker_that_stops_and_starts_again_is_found_again(tmp_path):
    folder = tmp_path / "rabbitmq"
    with own_server("rabbitmq", folder) as first:
        broker, port = first.address, int(first.address.rsplit(":", 1)[1].strip("/"))
        with process(tmp_path, broker, "speaker"), process(tmp_path, broker, "clerk") as clerk:
            say(broker, range(5))
            until(lambda: len(noted(tmp_path / "done")) == 5)
            first.stop()
            again = start(folder, port)
            try:
                say(broker, range(5, 10))
                until(lambda: len(noted(tmp_path / "done")) == 10)
                again.stop()
                clerk.send_signal(signal.SIGTERM)
                code = clerk.wait(30)
            finally:
                again.kill()

    assert numbers(tmp_path / "done") == list(range(10))
    assert code == 0


def test_a_frozen_broker_holds_callers_up_for_a_bounded_time_and_is_found_again(tmp_path):
    with (
        own_server("rabbitmq", tmp_path / "rabbitmq") as broker,
        process(tmp_path, broker.address, "speaker"),
        process(tmp_path, broker.address, "clerk", heartbeat=2),
    ):
        os.killpg(broker.pid, signal.SIGSTOP)
        away = ask(broker.address, "clerk", "written", timeout=8)
        os.killpg(broker.pid, signal.SIGCONT)
        say(broker.address, [1])
        until(lambda: noted(tmp_path / "done"))

    assert away == "service.away"
    assert numbers(tmp_path / "done") == [1]


def test_a_call_under_way_while_the_broker_crashes_is_answered_at_the_latest_when_it_is_repeated(tmp_path):
    folder, told = tmp_path / "rabbitmq", []
    with own_server("rabbitmq", folder) as first:
        broker, port = first.address, int(first.address.rsplit(":", 1)[1].strip("/"))
        with process(tmp_path, broker, "clerk"):
            asking = threading.Thread(target=lambda: told.append(answered(broker, "clerk", "slowly", number=1)))
            asking.start()
            until(lambda: noted(tmp_path / "begun"))
            first.kill()
            again = start(folder, port)
            try:
                asking.join()
            finally:
                again.kill()

    assert told[0]["number"] == 1


def answered(broker, service, method, **kwargs):
    """The answer to a call that is repeated as long as the service is away."""
    answers = (ask(broker, service, method, timeout=25, **kwargs) for _ in range(4))
    return next(answer for answer in answers if answer not in ("service.away", "unavailable"))


def test_started_before_its_broker_a_process_says_what_is_missing_and_gets_ready_by_itself(tmp_path, monkeypatch):
    port, health = free_port(), free_port()
    folder = tmp_path / "rabbitmq"
    monkeypatch.setenv("SARABAN_HEALTH_PORT", str(health))
    with own_server("rabbitmq", folder, port=port) as first:
        first.stop()
        with process(tmp_path, first.address, "clerk", await_ready=False) as early:
            until(lambda: "unavailable" in missing(health))
            again = start(folder, port)
            try:
                ready(early)
                until(lambda: readiness(health)[0] == 200)
            finally:
                again.kill()


def test_waiting_for_its_broker_a_process_can_be_told_to_stop(tmp_path, monkeypatch):
    health = free_port()
    monkeypatch.setenv("SARABAN_HEALTH_PORT", str(health))
    nobody = f"amqp://nobody:nothing@127.0.0.1:{free_port()}//"
    with process(tmp_path, nobody, "clerk", await_ready=False) as waiting:
        until(lambda: missing(health))
        waiting.send_signal(signal.SIGTERM)

        assert waiting.wait(30) == 0


def test_waiting_for_a_broker_that_does_not_speak_a_process_can_be_told_to_stop(tmp_path):
    """It takes connections and is silent, as one does that is starting."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        broker = f"amqp://nobody:nothing@127.0.0.1:{silent.getsockname()[1]}//"
        with process(tmp_path, broker, "clerk", await_ready=False) as waiting:
            silent.accept()[0].close()
            waiting.send_signal(signal.SIGTERM)

            assert waiting.wait(30) == 0


def readiness(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    except OSError:
        return 0, {}
    finally:
        connection.close()


def missing(port):
    """What a process misses, as codes."""
    return [one["code"] for one in readiness(port)[1].get("missing", ())]
