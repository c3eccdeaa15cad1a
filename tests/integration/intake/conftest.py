from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.local.ports import free_port
from saraban.broker import errors
from saraban.broker.door import through_door
from saraban.files import Files
from saraban.wiring import MachineClock

SECRET = "a secret of the tests"
HOUSE = Path(__file__).parents[3]


@dataclass
class Running:
    """An intake process and its client."""

    process: subprocess.Popen[str]
    port: int
    files: Files
    folder: Path

    def call(self, method: str, **kwargs: Any) -> Any:
        """Ask intake through the operator's door."""
        with through_door(self.folder) as caller:
            assert caller is not None
            errors.register()
            return caller.call("intake", method, **kwargs)

    def memory_peak(self) -> int:
        """The most memory that the process has held so far, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Registry and intake over a data folder, in a process of their own."""
    port = free_port()
    environment = os.environ | {
        "SARABAN_DATA_FOLDER": str(folder),
        "SARABAN_INTAKE_PORT": str(port),
        "SARABAN_ASSETS_FOLDER": str(HOUSE / "node_modules"),
        "SARABAN_SECRET": SECRET,
        "SARABAN_SWEEP_SECONDS": "0.5",
    }
    command = [sys.executable, "-m", "tests.integration.intake.serve"]
    process = subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "ready\n"
        files = Files(f"http://127.0.0.1:{port}", SECRET.encode(), MachineClock())
        yield Running(process, port, files, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stdout.close()


@pytest.fixture(scope="module")
def intake(tmp_path_factory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("intake") / "data") as intake:
        yield intake
