"""nameko's container with a quieter worker: an officer's mistake is no incident, anything else is one."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from nameko.containers import ServiceContainer, WorkerContext
from nameko.rpc import Rpc

from saraban.broker.bells import Bell
from saraban.broker.correlation import correlated, remember
from saraban.contracts.errors import SarabanError
from saraban.journal import journal
from saraban.metrics import Calls

log = journal(__name__)

TOLD = ("command_id", "letter_id")

HandleResult = Callable[[WorkerContext, Any, Any], tuple[Any, Any]]


class Container(ServiceContainer):
    """Runs the methods of one service. Each runs under the correlation id that came with its message."""

    def __init__(self, service_cls: type, config: dict[str, Any]) -> None:
        self.bells: dict[str, Bell] = {}
        super().__init__(service_cls, config)
        self._figures = Calls(self.service_name)

    def has_free_worker(self) -> bool:
        """Whether a worker can start without waiting."""
        return bool(self._worker_pool.free() > 0)

    def start(self) -> None:
        """Set all parts up, then start them. One at a time is set up: when one cannot be, no other is at it still while
        the service is ended."""
        self.started = True
        for part in self.extensions:
            part.setup()
        self.extensions.all.start()

    def stop(self) -> None:
        """Let windows finish what they serve, then stop in nameko's order: entry points, workers, dependencies."""
        for dependency in self.dependencies:
            drain = getattr(dependency, "drain", None)
            if drain is not None:
                drain()
        super().stop()

    def _run_worker(self, worker_ctx: WorkerContext, handle_result: HandleResult | None) -> None:
        with correlated(worker_ctx.data, service=self.service_name, **_named(worker_ctx.kwargs)):
            self._inject_dependencies(worker_ctx)
            self._worker_setup(worker_ctx)
            result, exc_info = self._call(worker_ctx)
            if handle_result is not None:
                result, exc_info = handle_result(worker_ctx, result, exc_info)
            self._worker_result(worker_ctx, result, exc_info)
            del exc_info  # breaks the cycle with this frame
            self._worker_teardown(worker_ctx)

    def _call(self, worker_ctx: WorkerContext) -> tuple[Any, Any]:
        name, called = worker_ctx.entrypoint.method_name, isinstance(worker_ctx.entrypoint, Rpc)
        method = getattr(worker_ctx.service, name)
        began = time.perf_counter()
        if isinstance(command_id := worker_ctx.kwargs.get("command_id"), str) and log.is_enabled_for(logging.DEBUG):
            remember(command_id)
        try:
            return method(*worker_ctx.args, **worker_ctx.kwargs), None
        except SarabanError as error:
            (log.debug if called else log.warning)("refused", method=name, code=error.code)
            self._failed(name, error.code, called=called)
            return None, sys.exc_info()
        except Exception:
            log.exception("failed", method=name)
            self._failed(name, "failed", called=called)
            return None, sys.exc_info()
        finally:
            self._done(name, time.perf_counter() - began, called=called)

    def _done(self, method: str, seconds: float, *, called: bool) -> None:
        log.debug("done", method=method, ms=round(seconds * 1000, 1))
        if called:
            self._figures.took(method, seconds)

    def _failed(self, method: str, code: str, *, called: bool) -> None:
        if called:
            self._figures.failed(method, code)


def _named(told: Mapping[str, Any]) -> dict[str, str]:
    """What the journal tells of a call besides its name: the ids of the command and of the letter."""
    return {name: told[name] for name in TOLD if isinstance(told.get(name), str)}
