"""The whole house in one process: all services and the portal on embedded engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from portal.service import PortalService
from saraban.broker.config import broker_config, is_embedded
from saraban.broker.door import open_door, through_door
from saraban.broker.runner import Runner, run
from saraban.broker.services import Caller, calling
from saraban.engines.folder_lock import owned
from saraban.settings import Settings
from services.intake.service import IntakeService
from services.mail.service import MailService
from services.registry.service import RegistryService
from services.routing.service import RoutingService
from services.search.service import SearchService

SERVICES = (RegistryService, IntakeService, RoutingService, SearchService, MailService)
"""In the order in which they start: who is called stands before who calls."""


def serve(settings: Settings, on_ready: Callable[[], None]) -> None:
    """Serve everything until told to stop. Raises StoreInUse, PortTaken."""
    with owned(settings.data_folder):
        close_door: Callable[[], None] | None = None

        def ready() -> None:
            nonlocal close_door
            close_door = open_door(settings.data_folder, broker_config(settings))
            on_ready()

        try:
            run((*SERVICES, PortalService), settings, ready)
        finally:
            if close_door:
                close_door()


@contextmanager
def reach(settings: Settings) -> Iterator[Caller]:
    """A way to call the services: over the broker; or through the door of the system that runs on the data folder; or,
    when none runs, by starting the services here for as long as the block lasts, without the portal."""
    config = broker_config(settings)
    if not is_embedded(config):
        with calling(config) as caller:
            yield caller
        return
    with through_door(settings.data_folder) as open_way:
        if open_way is not None:
            yield open_way
            return
    with owned(settings.data_folder), _started(settings), calling(config) as caller:
        yield caller


@contextmanager
def _started(settings: Settings) -> Iterator[None]:
    runner = Runner(SERVICES, settings)
    runner.start()
    try:
        yield
    finally:
        runner.stop()
