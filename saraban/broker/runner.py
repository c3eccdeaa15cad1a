"""Running services: any number of them in one process, until told to stop.

The process must have been monkey-patched by eventlet before anything else was imported.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from typing import Any

import eventlet
from eventlet.event import Event
from eventlet.hubs import trampoline

from saraban.broker.config import broker_config
from saraban.broker.container import Container
from saraban.broker.threads import set_heap_aside, share_heap
from saraban.journal import journal
from saraban.settings import Settings

log = journal(__name__)


class Runner:
    """Some services in this process. They start in the order given and stop in the reverse: a service stands before
    those that call it, and windows stand last."""

    def __init__(self, services: Sequence[type], settings: Settings) -> None:
        config = broker_config(settings)
        self._containers = [Container(service, config) for service in services]
        self._started: list[Container] = []
        self._over = Event()

    def start(self) -> None:
        """Start all; when one cannot, the others are stopped and its error is raised."""
        try:
            for container in self._containers:
                self._started.append(container)
                container.start()
                eventlet.spawn(self._watch, container)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop all; what is being worked on is finished first."""
        while self._started:
            self._started.pop().stop()

    def kill(self) -> None:
        """Stop all without finishing anything."""
        while self._started:
            self._started.pop().kill()

    def end(self, failure: BaseException | None = None) -> None:
        """Let `wait` return, or raise `failure`."""
        if not self._over.ready():
            self._over.send(failure)

    def wait(self) -> None:
        """Sleep until told to end. Raises what a service died of."""
        failure = self._over.wait()
        if failure is not None:
            raise failure

    def _watch(self, container: Container) -> None:
        try:
            container.wait()
        except Exception as error:  # noqa: BLE001 - whatever a service dies of ends the process
            self.end(error)


def run(services: Sequence[type], settings: Settings, on_ready: Callable[[], Any]) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is being worked on and return. A second signal ends the process
    on the spot; nothing is lost, the log is made for that. Raises PortTaken and the like when a service cannot start,
    and whatever a service dies of."""
    share_heap()
    runner = Runner(services, settings)
    eventlet.spawn(_obey, runner, _signals())
    runner.start()
    on_ready()
    set_heap_aside()
    try:
        runner.wait()
    finally:
        log.info("stopping")
        runner.stop()


def _obey(runner: Runner, told: int) -> None:
    _next(told)
    runner.end()
    _next(told)
    os._exit(130)


def _signals() -> int:
    """A pipe that gets a byte for each SIGINT and SIGTERM. A handler alone would not wake eventlet's hub: Python goes
    back to its poll after a signal (PEP 475)."""
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    os.set_blocking(told, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    return told


def _next(told: int) -> None:
    trampoline(told, read=True)
    os.read(told, 1)
