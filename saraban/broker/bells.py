"""Work that a service does again and again: every so many seconds, and at once when its bell is rung.

    @every("sweep_seconds", bell="outbox")
    def send_waiting(self): ...

The number of seconds is a setting's name. The method runs when the service starts, then one run after the other, never
two at a time; a bell rung during a run makes it run once more. `office.ring("outbox")` rings it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from eventlet.event import Event
from nameko.extensions import Entrypoint

from saraban.broker.config import SETTINGS

Method = TypeVar("Method", bound=Callable[..., Any])


class Bell:
    """Wakes one sleeper; rung while nobody sleeps, it wakes the next one at once."""

    def __init__(self) -> None:
        self._rung = Event()

    def ring(self) -> None:
        """Wake the sleeper."""
        if not self._rung.ready():
            self._rung.send()

    def sleep(self, seconds: float) -> None:
        """Sleep until rung, at most so many seconds."""
        if not self._rung.ready():
            self._rung.wait(seconds)
        self._rung = Event()


class Every(Entrypoint):
    """Runs a method of the service over and over."""

    _running: Any = None

    def __init__(self, seconds: str, bell: str | None = None) -> None:
        super().__init__()
        self._setting = seconds
        self._bell_name = bell

    def setup(self) -> None:
        """Hang the bell."""
        self._seconds: float = getattr(self.container.config[SETTINGS], self._setting)
        self._bell = self.container.bells.setdefault(self._bell_name or self.method_name, Bell())
        self._stopping = False

    def start(self) -> None:
        """Begin the first run."""
        self._running = self.container.spawn_managed_thread(self._run, identifier=f"every {self.method_name}")

    def stop(self) -> None:
        """Let the present run end and begin no other."""
        self._stopping = True
        if self._running is not None:
            self._bell.ring()
            self._running.wait()

    def kill(self) -> None:
        """Stop without waiting; a service may be killed before it began."""
        self._stopping = True
        if self._running is not None:
            self._running.kill()

    def _run(self) -> None:
        while not self._stopping:
            done = Event()
            self.container.spawn_worker(self, (), {}, handle_result=_tell(done))
            done.wait()
            if not self._stopping:
                self._bell.sleep(self._seconds)


def every(seconds: str, *, bell: str | None = None) -> Callable[[Method], Method]:
    """Run this method at the start, then every `seconds` (the name of a setting) and whenever `bell` is rung."""
    decorator: Callable[[Method], Method] = Every.decorator(seconds, bell=bell)
    return decorator


def _tell(done: Event) -> Callable[[Any, Any, Any], tuple[Any, Any]]:
    def handle_result(_worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        done.send()
        return result, exc_info

    return handle_result
