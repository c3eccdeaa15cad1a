"""A whole Saraban as processes of their own over a broker that they share, any number of each service."""

from __future__ import annotations

import http.client
import itertools
import json
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deploy.local.ports import free_port
from tests.house import ROOT, House

SERVICES = ("registry", "intake", "routing", "search", "mail", "portal")
STOP_SECONDS = 60


@dataclass(kw_only=True)
class Process:
    """One process of a service; `ports` are its own settings."""

    service: str
    ports: dict[str, str]
    running: subprocess.Popen[str]

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def end(self, number: int) -> int:
        """Send a signal and wait for the end; answers the exit code."""
        self.running.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end; answers the exit code."""
        code = self.running.wait(STOP_SECONDS)
        assert self.running.stdout is not None
        self.running.stdout.close()
        return code


def readiness(process: Process) -> dict[str, Any]:
    """What the process answers at `/readyz`."""
    connection = http.client.HTTPConnection("127.0.0.1", int(process.ports["SARABAN_HEALTH_PORT"]), timeout=20)
    with closing(connection):
        connection.request("GET", "/readyz")
        told: dict[str, Any] = json.loads(connection.getresponse().read())
    return told


@dataclass
class Town(House):
    """`saraban run` for each service. `broker` is its address, `replicas` how many processes a service has (one, when
    not told), `more` the settings of other engines; without them all work in one data folder."""

    broker: str = ""
    replicas: dict[str, int] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    processes: list[Process] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            "SARABAN_BROKER": self.broker,
            "SARABAN_INTAKE_URL": f"http://127.0.0.1:{self.intake_port}",
            **self.more,
        }

    def start(self) -> Town:
        """Start all at once, as a machine does, and wait until each says that it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        begun = [self.begin(service) for service in SERVICES for _ in range(self.replicas.get(service, 1))]
        try:
            for process in begun:
                self.await_ready(process)
        except BaseException:
            self.kill()
            raise
        return self

    def begin(self, service: str) -> Process:
        """Start one more process of a service. The first intake has the port that all others know."""
        process = self._launch(service, self._ports(service))
        self.processes.append(process)
        return process

    def again(self, process: Process) -> Process:
        """A process that ended, once more on the same ports."""
        self.processes.remove(process)
        self.processes.append(self._launch(process.service, process.ports))
        return self.processes[-1]

    def await_ready(self, process: Process) -> None:
        assert process.running.stdout is not None
        assert '"ready": true' in process.running.stdout.readline(), self.journal()[-4000:]

    def of(self, service: str) -> list[Process]:
        """The processes of a service that were started and not ended since."""
        return [one for one in self.processes if one.service == service and one.running.poll() is None]

    def portals(self) -> itertools.cycle[int]:
        """The ports of the portals, round and round."""
        return itertools.cycle(int(one.ports["SARABAN_PORT"]) for one in self.of("portal"))

    def seed(self) -> None:
        """Fill the town with the demo agency."""
        command = [sys.executable, "-W", "ignore", "-c", SEED, date(2026, 11, 23).isoformat()]
        subprocess.run(command, cwd=ROOT, env=self.environment(), check=True, timeout=300)

    def kill(self) -> None:
        for process in self.processes:
            if process.running.poll() is None:
                process.kill()
        self.processes.clear()

    def stop(self) -> int:
        """Ask all to end; answers the highest exit code."""
        for process in self.processes:
            process.running.send_signal(signal.SIGTERM)
        codes = [process.wait() for process in self.processes]
        self.processes.clear()
        return max(codes, default=0)

    def _ports(self, service: str) -> dict[str, str]:
        health = {"SARABAN_HEALTH_PORT": str(free_port())}
        if service == "portal":
            return {**health, "SARABAN_PORT": str(free_port() if self.of("portal") else self.port)}
        if service == "intake":
            return {**health, "SARABAN_INTAKE_PORT": str(free_port() if self.of("intake") else self.intake_port)}
        return health

    def _launch(self, service: str, ports: dict[str, str]) -> Process:
        command = [sys.executable, "-W", "ignore", "-m", "saraban", "run", service, "--json"]
        with (self.folder / "journal.log").open("ab") as journal:
            running = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**self.environment(), **ports},
                stdout=subprocess.PIPE,
                stderr=journal,
                text=True,
            )
        return Process(service=service, ports=ports, running=running)


SEED = """
import eventlet
eventlet.monkey_patch()
import sys
from datetime import date
from saraban.commands.house import reach
from saraban.demo.seeding import seed
from saraban.settings import Settings
settings = Settings()
with reach(settings) as services:
    seed(services, settings, date.fromisoformat(sys.argv[1]))
"""

__all__ = ["SERVICES", "Process", "Town", "readiness"]
