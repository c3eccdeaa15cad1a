"""`python -m deploy.local get|start|stop|see [NAME…]`: the real servers by hand, data under `.servers/`.

`start` prints the settings that a Saraban needs to use them, ready for `eval`.
"""

from __future__ import annotations

import argparse
import importlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from deploy.local.server import Server

ROOM = Path(__file__).parents[2] / ".servers"
NAMES = ("rabbitmq", "mongodb", "minio", "opensearch")
SETTINGS = {
    "rabbitmq": ("SARABAN_BROKER",),
    "mongodb": ("SARABAN_LOG", "SARABAN_VIEWS"),
    "minio": ("SARABAN_OBJECTS",),
    "opensearch": ("SARABAN_INDEX",),
}


def main() -> None:
    """Do what was asked for, for the servers named or for all."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("act", choices=("get", "start", "stop", "see"))
    parser.add_argument("names", nargs="*", default=NAMES, metavar="NAME", help=", ".join(NAMES))
    chosen = parser.parse_args()
    act = {"get": _get, "start": _start, "stop": _stop, "see": _see}[chosen.act]
    for name in chosen.names:
        act(name)


def _get(name: str) -> None:
    _recipe(name).get()


def _start(name: str) -> None:
    running = _running(name)
    if running is None:
        _get(name)
        running = _recipe(name).start(ROOM / name)
        _note(name).write_text(json.dumps(asdict(running), default=str))
    for setting in SETTINGS[name]:
        print(f"export {setting}={running.address!r}")


def _stop(name: str) -> None:
    running = _running(name)
    if running is not None:
        running.stop()
    _note(name).unlink(missing_ok=True)


def _see(name: str) -> None:
    running = _running(name)
    print(f"{name:<12}{'not running' if running is None else running.address}")


def _running(name: str) -> Server | None:
    try:
        told = json.loads(_note(name).read_text())
    except FileNotFoundError:
        return None
    server = Server(**{**told, "log": Path(told["log"])})
    return server if server.alive() else None


def _note(name: str) -> Path:
    ROOM.mkdir(exist_ok=True)
    return ROOM / f"{name}.json"


def _recipe(name: str) -> Any:
    return importlib.import_module(f"deploy.local.{name}")


if __name__ == "__main__":
    main()
