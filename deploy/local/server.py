"""A server that was started here: its process, its address and its end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

READY_SECONDS = 90.0


class ServerMissing(RuntimeError):
    """A program that a server needs is not on this machine; says what to install."""


class ServerFailed(RuntimeError):
    """A server ended or stayed silent while it was awaited; shows the end of its log."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `address` is what goes into Saraban's setting (password included); `pid` leads the process
    group that it lives in; `log` is the file that it writes to."""

    name: str
    address: str
    pid: int
    log: Path

    def alive(self) -> bool:
        """Whether the process still runs."""
        try:
            return os.waitpid(self.pid, os.WNOHANG) == (0, 0)
        except ChildProcessError:
            return _exists(self.pid)

    def stop(self, seconds: float = 30.0) -> None:
        """Ask it to end and wait; what does not end in time is killed."""
        self._signal(signal.SIGTERM)
        if not self._gone(seconds):
            self.kill()

    def kill(self) -> None:
        """End it on the spot, with all of its children."""
        self._signal(signal.SIGKILL)
        self._gone(10.0)

    def _signal(self, number: int) -> None:
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            return

    def _gone(self, seconds: float) -> bool:
        limit = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > limit:
                return False
            time.sleep(0.05)
        return True


def launch(name: str, command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> tuple[int, Path]:
    """Start a program in a process group of its own, its output in `folder/NAME.log`. Answers its id and the log."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name}.log"
    with log.open("ab") as written:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    process.returncode = 0  # from here on it is known by its id; Popen would complain that it still runs
    return process.pid, log


def await_ready(server: Server, answers: Callable[[], bool], seconds: float = READY_SECONDS) -> Server:
    """The server once `answers()` is true. Raises ServerFailed (and ends it) when it ends before or takes too long."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and server.alive():
        if answers():
            return server
        time.sleep(0.1)
    server.kill()
    raise ServerFailed(f"{server.name} did not become ready:\n{server.log.read_text(errors='replace')[-3000:]}")


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
