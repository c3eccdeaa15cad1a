"""The four real servers of one town, each of which may be stopped, killed and started again where it was."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from deploy.local.server import Server, ServerMissing

NAMES = ("rabbitmq", "mongodb", "minio", "opensearch")


class Servers:
    """RabbitMQ, MongoDB, MinIO and OpenSearch on free ports, with their data under `folder`."""

    def __init__(self, folder: Path, *, mongodb_members: int = 1) -> None:
        self._folder = folder
        self._members = mongodb_members
        self.running: dict[str, Server] = {}

    def start(self) -> Servers:
        """Start all four. Skips the test, by name, when one is not on this machine."""
        for name in NAMES:
            self.begin(name)
        return self

    def begin(self, name: str) -> Server:
        """Start one, or start it again on the same port and data."""
        before = self.running.get(name)
        recipe = _recipe(name)
        if name == "mongodb":
            started = recipe.start(self._folder / name, members=self._members)
        else:
            started = recipe.start(self._folder / name, _port(before) if before else None)
        self.running[name] = started
        return started

    def settings(self) -> dict[str, str]:
        """What a Saraban needs to be told."""
        return {
            "SARABAN_BROKER": self.running["rabbitmq"].address,
            "SARABAN_LOG": self.running["mongodb"].address,
            "SARABAN_VIEWS": self.running["mongodb"].address,
            "SARABAN_OBJECTS": self.running["minio"].address,
            "SARABAN_INDEX": self.running["opensearch"].address,
        }

    def __enter__(self) -> Servers:
        return self.start()

    def __exit__(self, *_: object) -> None:
        for server in self.running.values():
            server.kill()


def _recipe(name: str) -> ModuleType:
    recipe = importlib.import_module(f"deploy.local.{name}")
    try:
        recipe.get()
    except ServerMissing as missing:
        pytest.skip(f"{name} is not on this machine: {missing}")
    return recipe


def _port(server: Server) -> int:
    port = urlsplit(server.address).port
    assert port is not None
    return port
