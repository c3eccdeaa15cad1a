"""OpenSearch, out of its libraries from Maven Central: `OpenSearchNode.java` is all that is ours, compiled on starting.

The node has no password (the security plugin is no library), so it listens on loopback only. It makes no index that it
was not asked for, and does not mind a full disk: both as tests want it.
"""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from deploy.local.kept import once
from deploy.local.ports import HOST, free_port
from deploy.local.server import Server, ServerMissing, await_ready, launch

HERE = Path(__file__).parent
VERSION = "2.19.4"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
PREFIX = "saraban"


def get() -> None:
    """Fetch the libraries unless they were fetched before. Raises ServerMissing without Java 17, Maven or them."""
    _program("java", "install a JDK 17: OpenSearch runs on it")
    once(f"opensearch-{VERSION}", _fetch)


def start(folder: Path, port: int | None = None, *, settings: Mapping[str, str] | None = None) -> Server:
    """Start one node on a data folder; `settings` are more of OpenSearch's own. The address names the prefix `saraban`
    of the indexes; another prefix shares the node without meeting it."""
    port = port or free_port()
    libraries = once(f"opensearch-{VERSION}", _fetch)
    java = _program("java", "install a JDK 17: OpenSearch runs on it")
    command = [java, "-Xms256m", "-Xmx1g", "-Dorg.apache.logging.log4j.level=INFO", "-cp", f"{libraries}/*"]
    chosen = {**_settings(folder, port), **(settings or {})}
    source = str(HERE / "OpenSearchNode.java")
    told = [f"{name}={value}" for name, value in chosen.items()]
    pid, log = launch("opensearch", [*command, source, *told], folder)
    address = f"opensearch://{HOST}:{port}/{PREFIX}"
    return await_ready(Server("opensearch", address, pid, log), lambda: _answers(port))


def _settings(folder: Path, port: int) -> dict[str, str]:
    return {
        "cluster.name": "saraban",
        "node.name": "one",
        "path.home": str(folder.resolve()),
        "path.data": str(folder.resolve() / "data"),
        "network.host": HOST,
        "http.port": str(port),
        "transport.port": str(free_port()),
        "http.type": "netty4",
        "transport.type": "netty4",
        "discovery.type": "single-node",
        "action.auto_create_index": "false",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }


def _fetch(folder: Path) -> None:
    maven = _program("mvn", "install Maven: OpenSearch's libraries come from Maven Central")
    libraries = [f"-DoutputDirectory={folder}", "-DincludeScope=runtime"]
    fetched = subprocess.run(
        [maven, "-q", "-B", "-f", str(HERE / "opensearch-libraries.xml"), COPY, *libraries],
        capture_output=True,
        text=True,
        check=False,
    )
    if fetched.returncode:
        raise ServerMissing(f"OpenSearch's libraries could not be had:\n{(fetched.stdout + fetched.stderr)[-2000:]}")


def _program(name: str, advice: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ServerMissing(advice)
    return found


def _answers(port: int) -> bool:
    asking = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        asking.request("GET", "/_cluster/health")
        answer = asking.getresponse()
        return answer.status == http.client.OK and json.loads(answer.read())["status"] != "red"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()
