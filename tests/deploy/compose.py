"""docker-compose.yml as tests see it: read, and filled in from a fresh `.env`."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import yaml

from deploy.docker.environment import environment

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(\w+)([^}]*)\}")


@functools.cache
def asked_for() -> dict[str, str]:
    """Variable → what stands behind its name (`:?message`)."""
    return dict(VARIABLE.findall(FILE.read_text()))


@functools.cache
def compose() -> dict[str, Any]:
    """The file with every variable filled in."""
    lines = [line for line in environment().splitlines() if not line.startswith("#")]
    made = dict(line.split("=", 1) for line in lines)
    filled: dict[str, Any] = yaml.safe_load(VARIABLE.sub(lambda found: made[found[1]], FILE.read_text()))
    return filled


def services() -> dict[str, dict[str, Any]]:
    return compose()["services"]


def ours() -> dict[str, dict[str, Any]]:
    """The containers that run a service of Saraban, by the service's name."""
    return {one["command"][1]: one for one in services().values() if one.get("command", [""])[0] == "run"}


def operator() -> dict[str, Any]:
    """The container of an operator's commands."""
    return services()["operator"]


def saraban_settings(service: dict[str, Any]) -> dict[str, str]:
    """Setting → value, of the SARABAN_ variables of a container."""
    given = service.get("environment", {})
    return {
        name.removeprefix("SARABAN_").lower(): value for name, value in given.items() if name.startswith("SARABAN_")
    }
