"""`saraban run SERVICE`: one service as a process of its own, for the many-machine size."""

from __future__ import annotations

import argparse

from portal.service import PortalService
from saraban.broker.runner import run as run_services
from saraban.commands.house import SERVICES
from saraban.commands.say import say
from saraban.contracts.errors.broker import BrokerNotShared
from saraban.journal import journalled
from saraban.settings import Settings

HELP = "start one service as a process of its own (needs a broker that processes share)"
BY_NAME = {service.name: service for service in (*SERVICES, PortalService)}


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("service", choices=sorted(BY_NAME))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop. Raises BrokerNotShared on the embedded broker."""
    if settings.alone():
        raise BrokerNotShared({"setting": "SARABAN_BROKER"})
    ready = {"service": arguments.service, "ready": True}
    with journalled(service=arguments.service, level=settings.log_level, secrets=settings.secrets()):
        run_services(
            [BY_NAME[arguments.service]],
            settings,
            lambda: say(ready, f"{arguments.service} is ready", as_json=arguments.json),
        )
    return 0
