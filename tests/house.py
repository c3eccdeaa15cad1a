"""A whole Saraban in a process of its own, for the suites that need the real thing."""

from __future__ import annotations

import http.client
import json
import os
import select
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deploy.local.ports import free_port
from saraban.demo.organisation import DEMO_PASSWORD

ROOT = Path(__file__).parents[1]
SARABAN = (sys.executable, "-W", "ignore", "-m", "saraban")
START_SECONDS = 120


@dataclass
class House:
    """`saraban serve` on a data folder. `start` and `kill` may be repeated; the folder stays."""

    folder: Path
    demo: bool = True
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    intake_port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None
    ready_seconds: float = 0.0
    clients: list[Client] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "SARABAN_DATA_FOLDER": str(self.folder),
            "SARABAN_PORT": str(self.port),
            "SARABAN_INTAKE_PORT": str(self.intake_port),
            "SARABAN_MAIL_CHECK_SECONDS": "0.2",
            "SARABAN_SWEEP_SECONDS": "2",
            "PYTHONUNBUFFERED": "",  # what is read through a pipe must come without it
            **self.extra,
        }

    def start(self) -> House:
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "saraban",
            "serve",
            "--json",
            *(["--demo"] if self.demo else []),
        ]
        began = time.monotonic()
        with (self.folder / "journal.log").open("ab") as journal:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=subprocess.PIPE, stderr=journal, text=True
            )
        assert json.loads(self._first_line())["ready"]
        self.ready_seconds = round(time.monotonic() - began, 2)
        return self

    def _first_line(self) -> str:
        assert self.process is not None and self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], START_SECONDS)
        line = self.process.stdout.readline() if ready else ""
        if not line:
            self.kill()
            raise AssertionError("saraban did not start:\n" + self.journal()[-4000:])
        return line

    def journal(self) -> str:
        return (self.folder / "journal.log").read_text()

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        return self._end(signal.SIGTERM)

    def _end(self, number: int) -> int:
        while self.clients:
            self.clients.pop().close()
        if self.process is None:
            return 0
        self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return code

    def __enter__(self) -> House:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a `saraban` command on the same folder."""
        return subprocess.run(
            [*SARABAN, *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def begin(self, *words: str) -> subprocess.Popen[str]:
        """Begin a `saraban` command on the same folder."""
        pipe = subprocess.PIPE
        return subprocess.Popen([*SARABAN, *words], cwd=ROOT, env=self.environment(), stdout=pipe, text=True)

    def told(self, *words: str) -> Any:
        """The JSON that a command answers."""
        done = self.command(*words, "--json")
        assert done.returncode in {0, 1}, done.stderr
        return json.loads(done.stdout)

    def token(self, login: str) -> str:
        return self.told("token", "create", "test", "--as", login)["token"]

    def client(self, token: str | None = None) -> Client:
        made = Client(self.port, token)
        self.clients.append(made)
        return made


class Client:
    """A program that speaks the JSON API over one kept-alive connection."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.token = token

    def ask(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and decoded answer of one request; the path is under /api/v1 unless it begins with `//`."""
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json"} if not isinstance(body, bytes) and body is not None else {}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if method != "GET":
            sent["Idempotency-Key"] = key or uuid.uuid4().hex
        url = path[1:] if path.startswith("//") else f"/api/v1{path}"
        self._connection.request(method, url, raw, {**sent, **(headers or {})})
        response = self._connection.getresponse()
        content = response.read()
        kind = response.headers.get_content_type()
        return response.status, json.loads(content) if kind.endswith("json") and content else content

    def did(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The answer of a request that must succeed."""
        status, answer = self.ask(method, path, body, **more)
        assert status < 300, (status, answer)
        return answer

    def close(self) -> None:
        self._connection.close()


def until(found: Any, seconds: float = 20.0) -> Any:
    """What `found()` answers once it answers something; fails after a bounded time."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        answer = found()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {found}")


LOGIN_PASSWORD = DEMO_PASSWORD
