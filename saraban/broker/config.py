"""What nameko is told: the broker, the container, JSON."""

from __future__ import annotations

from typing import Any

import kombu.serialization
import msgspec
from nameko.constants import AMQP_URI_CONFIG_KEY, HEARTBEAT_CONFIG_KEY, MAX_WORKERS_CONFIG_KEY

from saraban.broker import embedded, errors, secure
from saraban.settings import Settings

WORKERS = 64
"""How many messages one service process works on at a time."""

HEARTBEAT = 15
"""Seconds; a side that has been silent for two of them is taken for dead, and what it had in hand goes to others."""

SETTINGS = "settings"


def broker_config(settings: Settings) -> dict[str, Any]:
    """The configuration of nameko for these settings. Registers the embedded and the secure transport, fast JSON and
    our errors with kombu and nameko; doing so twice is harmless."""
    embedded.register()
    secure.register()
    errors.register()
    kombu.serialization.register("json", msgspec.json.encode, msgspec.json.decode, "application/json", "utf-8")
    return {
        AMQP_URI_CONFIG_KEY: settings.broker,
        MAX_WORKERS_CONFIG_KEY: WORKERS,
        HEARTBEAT_CONFIG_KEY: HEARTBEAT,
        "SERVICE_CONTAINER_CLS": "saraban.broker.container.Container",
        SETTINGS: settings,
    }


def is_embedded(config: dict[str, Any]) -> bool:
    """Whether the broker lives in this process."""
    uri: str = config[AMQP_URI_CONFIG_KEY]
    return uri.startswith("embedded:")
