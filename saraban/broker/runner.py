"""Running services: any number of them in one process, until told to stop.

The process must have been monkey-patched by eventlet before anything else was imported.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import eventlet
from eventlet.event import Event
from eventlet.hubs import trampoline
from nameko.containers import get_service_name

from saraban.broker.config import broker_config
from saraban.broker.container import Container
from saraban.broker.health import Household, listening
from saraban.broker.threads import set_heap_aside, share_heap
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.http import PortTaken
from saraban.contracts.errors.log import LogDamaged, LogUnguarded, StoreDamaged, StoreFull, StoreInUse
from saraban.journal import journal
from saraban.settings import Settings

log = journal(__name__)

LASTING = (PortTaken, LogDamaged, LogUnguarded, StoreDamaged, StoreFull, StoreInUse)
"""What does not pass by waiting."""

LONGEST_WAIT = 15.0
"""Seconds between two tries to start a service whose servers are away; the first waits half a second."""


class Runner:
    """Some services in this process. They start in the order given and stop in the reverse: a service stands before
    those that call it, and windows stand last."""

    def __init__(self, services: Sequence[type], settings: Settings) -> None:
        self._config = broker_config(settings)
        self._services = services
        self._patient = not settings.alone()
        self._started: list[Container] = []
        self._starting: Container | None = None
        self._over = Event()
        self.household = Household([get_service_name(service) for service in services])

    def start(self) -> None:
        """Start all; when one cannot, the others are stopped and its error is raised. Where servers may be away for a
        while, a service that misses one is started again and again, until it stands or `end` is called."""
        try:
            for service in self._services:
                self._start(service)
        except BaseException:
            self.kill()
            raise

    def _start(self, service: type) -> None:
        waits = (min(2.0**tries, LONGEST_WAIT) for tries in count(-1))
        while not self.is_over():
            container = Container(service, self._config)
            self._started.append(container)
            self._starting = container
            try:
                container.start()
            except (Unavailable, OSError) as error:
                if not self._patient or isinstance(error, LASTING):
                    raise
                self._started.pop().kill()
                self.household.waits(container.service_name, error)
                log.warning("not started yet", service=container.service_name, code=getattr(error, "code", "os_error"))
                self._over_within(next(waits))
            else:
                self._starting = None
                eventlet.spawn(self._watch, container)
                self.household.began(container)
                return

    def is_over(self) -> bool:
        """Whether `end` was called."""
        return bool(self._over.ready())

    def _over_within(self, seconds: float) -> None:
        with eventlet.Timeout(seconds, exception=False):
            self._over.wait()

    def stop(self) -> None:
        """Stop all; what is being worked on is finished first."""
        while self._started:
            self._started.pop().stop()

    def kill(self) -> None:
        """Stop all without finishing anything."""
        while self._started:
            self._started.pop().kill()

    def end(self, failure: BaseException | None = None) -> None:
        """Let `wait` return, or raise `failure`. A service that is starting and waits for its broker gives up."""
        if not self._over.ready():
            self._over.send(failure)
        if self._starting is not None:
            eventlet.spawn_n(self._starting.kill)

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
    with listening(settings, runner.household.report):
        runner.start()
        if not runner.is_over():
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
