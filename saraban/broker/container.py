"""nameko's container with a quieter worker: an officer's mistake is no incident, anything else is one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from nameko.containers import ServiceContainer, WorkerContext
from nameko.rpc import Rpc

from saraban.broker.bells import Bell
from saraban.broker.correlation import correlated
from saraban.contracts.errors import SarabanError
from saraban.journal import journal

log = journal(__name__)

HandleResult = Callable[[WorkerContext, Any, Any], tuple[Any, Any]]


class Container(ServiceContainer):
    """Runs the methods of one service. Each runs under the correlation id that came with its message."""

    def __init__(self, service_cls: type, config: dict[str, Any]) -> None:
        self.bells: dict[str, Bell] = {}
        super().__init__(service_cls, config)

    def has_free_worker(self) -> bool:
        """Whether a worker can start without waiting."""
        return bool(self._worker_pool.free() > 0)

    def stop(self) -> None:
        """Let windows finish what they serve, then stop in nameko's order: entry points, workers, dependencies."""
        for dependency in self.dependencies:
            drain = getattr(dependency, "drain", None)
            if drain is not None:
                drain()
        super().stop()

    def _run_worker(self, worker_ctx: WorkerContext, handle_result: HandleResult | None) -> None:
        with correlated(worker_ctx.data):
            self._inject_dependencies(worker_ctx)
            self._worker_setup(worker_ctx)
            result, exc_info = self._call(worker_ctx)
            if handle_result is not None:
                result, exc_info = handle_result(worker_ctx, result, exc_info)
            self._worker_result(worker_ctx, result, exc_info)
            del exc_info  # breaks the cycle with this frame
            self._worker_teardown(worker_ctx)

    def _call(self, worker_ctx: WorkerContext) -> tuple[Any, Any]:
        method = getattr(worker_ctx.service, worker_ctx.entrypoint.method_name)
        try:
            return method(*worker_ctx.args, **worker_ctx.kwargs), None
        except SarabanError as error:
            tell = log.debug if isinstance(worker_ctx.entrypoint, Rpc) else log.warning
            tell("refused", service=self.service_name, method=worker_ctx.entrypoint.method_name, code=error.code)
            return None, sys.exc_info()
        except Exception:
            log.exception("failed", service=self.service_name, method=worker_ctx.entrypoint.method_name)
            return None, sys.exc_info()
