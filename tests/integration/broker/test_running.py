from __future__ import annotations

import signal
import subprocess

import pytest

from deploy.local.ports import free_port
from saraban.broker.bells import every
from saraban.broker.desk import furnished
from saraban.broker.http import WsgiMount
from saraban.broker.rpc import rpc
from tests.integration.broker.green import ROOT, green, in_green, on, serving


class Desk:
    """Says when it is furnished and cleared."""

    log: list[str] = []  # noqa: RUF012

    def __init__(self, office):
        self.name = office.service
        self.services = office.services
        Desk.log.append(f"furnished {self.name}")

    def close(self):
        Desk.log.append(f"cleared {self.name}")


class Registry:
    name = "registry"
    desk = furnished(Desk)

    @rpc
    def ready(self):
        return True


class Routing:
    """Its work calls the registry even while it is being stopped."""

    name = "routing"
    desk = furnished(Desk)

    @every("sweep_seconds")
    def work(self):
        import eventlet

        tell("working")
        eventlet.sleep(0.5)
        tell(f"registry ready: {self.desk.services.call('registry', 'ready')}")


def tell(text):
    print(text, flush=True)


def serve_until_told():
    from saraban.broker.runner import run
    from saraban.settings import Settings

    run([Registry, Routing], Settings(sweep_seconds=1000), on_ready=lambda: tell("ready"))
    tell(", ".join(Desk.log))
    return "ended"


class Stuck(Routing):
    name = "stuck"

    @every("sweep_seconds")
    def work(self):
        import eventlet

        tell("working")
        eventlet.sleep(1000)


def serve_stuck():
    from saraban.broker.runner import run
    from saraban.settings import Settings

    run([Registry, Stuck], Settings(sweep_seconds=1000), on_ready=lambda: tell("ready"))


@pytest.fixture
def started(broker):
    processes = []

    def start(scenario):
        process = subprocess.Popen(
            green(scenario), cwd=ROOT, env=on(broker), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        processes.append(process)
        seen = {process.stdout.readline().strip() for _ in range(2)}
        assert seen == {"ready", "working"}, process.stderr.read()
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_finishes_the_work_and_stops_callers_before_those_they_call(started, number):
    process = started(serve_until_told)

    process.send_signal(number)
    said, errors = process.communicate(timeout=30)

    assert said.splitlines() == [
        "registry ready: True",
        "furnished registry, furnished routing, cleared routing, cleared registry",
        '"ended"',
    ], errors
    assert process.returncode == 0


def test_a_second_signal_ends_the_process_on_the_spot(started):
    process = started(serve_stuck)

    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)

    assert process.returncode == 130


class Window:
    name = "window"
    desk = furnished(Desk)
    web = WsgiMount(lambda _desk: None, lambda settings: (settings.host, settings.port))


class Second(Window):
    name = "second"


def scenario_one_cannot_start(port):
    from saraban.contracts.errors.http import PortTaken

    try:
        with serving(Registry, Window, Second, port=port):
            return "started"
    except PortTaken:
        with serving(Window, port=port):
            return "the port is free again"


def test_when_one_cannot_start_the_others_let_go(broker):
    assert in_green(scenario_one_cannot_start, free_port(), broker=broker) == "the port is free again"


class Fragile:
    name = "fragile"
    desk = furnished(Desk)

    @every("no_such_setting")
    def work(self):
        pass


def scenario_wrong_service():
    try:
        with serving(Registry, Fragile):
            return "started"
    except AttributeError as error:
        return str(error)


def test_a_service_that_is_written_wrong_does_not_start(broker):
    assert "no_such_setting" in in_green(scenario_wrong_service, broker=broker)


def scenario_idle():
    import eventlet

    from saraban.broker import embedded

    woken = []
    drain = embedded.Transport.drain_events

    def counted(*args, **kwargs):
        drain(*args, **kwargs)
        woken.append(1)

    embedded.Transport.drain_events = counted
    with serving(Registry, Routing, sweep_seconds=1000) as caller:
        caller.call("registry", "ready")
        eventlet.sleep(0.8)
        before = len(woken)
        eventlet.sleep(2.5)
        return len(woken) - before


def test_idle_services_are_not_woken():
    assert in_green(scenario_idle) == 0
