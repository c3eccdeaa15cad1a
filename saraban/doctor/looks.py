"""All looks, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from saraban.broker.services import Caller
from saraban.doctor import backups, engines, folders, services
from saraban.doctor import settings as spelling
from saraban.doctor.findings import Finding
from saraban.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What is examined: the settings, the environment that they came from, and a way to the services when they run."""

    settings: Settings
    environment: Mapping[str, str]
    services: Caller | None


LOOKS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
    lambda one: spelling.look(one.settings, one.environment),
    lambda one: folders.look(one.settings),
    lambda one: folders.look_at_assets(one.settings),
    lambda one: engines.look(one.settings, running_here=one.settings.alone() and one.services is not None),
    lambda one: engines.look_at_clocks(one.settings),
    lambda one: backups.look(one.settings),
    lambda one: services.look_at_broker(one.settings),
    lambda one: services.look_at_services(one.services),
)


def examine(patient: Patient) -> list[Finding]:
    """Every finding."""
    return [found for look in LOOKS for found in look(patient)]
