"""`saraban doctor`: look whether everything is as it should be, and say what to do where it is not."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager

from saraban.broker.config import broker_config
from saraban.broker.door import through_door
from saraban.broker.services import Caller, calling
from saraban.commands.say import say
from saraban.doctor import Level, Patient, examine
from saraban.settings import Settings

HELP = "examine settings, folders, engines, broker, services and the newest commits; says what to do"


def add(parser: argparse.ArgumentParser) -> None:
    """There are no arguments."""
    del parser


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answers 1 when something is wrong. Changes nothing, and may run beside a running system."""
    with _services(settings) as services:
        found = examine(Patient(settings=settings, environment=os.environ, services=services))
    lines = [line for one in found for line in one.lines()]
    say([one.wire() for one in found], "\n".join(lines), as_json=arguments.json)
    return 1 if any(one.level is Level.WRONG for one in found) else 0


@contextmanager
def _services(settings: Settings) -> Iterator[Caller | None]:
    config = broker_config(settings)
    if settings.alone():
        with through_door(settings.data_folder) as caller:
            yield caller
        return
    with calling(config) as caller:
        yield caller
