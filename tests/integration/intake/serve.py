"""Registry and intake in one process, as the embedded size runs them: `python -m tests.integration.intake.serve`."""

from __future__ import annotations

import sys
import warnings

warnings.simplefilter("ignore")

import eventlet  # noqa: E402

eventlet.monkey_patch()

from saraban.broker.config import broker_config  # noqa: E402
from saraban.broker.door import open_door  # noqa: E402
from saraban.broker.runner import run  # noqa: E402
from saraban.journal import start_journal  # noqa: E402
from saraban.settings import Settings  # noqa: E402
from services.intake.service import IntakeService  # noqa: E402
from services.registry.service import RegistryService  # noqa: E402


def main() -> None:
    settings = Settings()
    start_journal(sys.stderr, service="intake", level="ERROR", secrets=())

    def ready() -> None:
        open_door(settings.data_folder, broker_config(settings))
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    run([RegistryService, IntakeService], settings, on_ready=ready)


if __name__ == "__main__":
    main()
