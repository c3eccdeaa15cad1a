"""Work that may spin, crash or eat memory, done in a child process with limits.

A fresh Python per call: what a hostile file breaks is gone with its child. The parent waits in `select`, which under
eventlet's monkey patching lets other greenlets run, so call `run_limited` straight from a greenlet or from any thread.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from saraban.contracts.errors.files import ChildKilled

START = "import sys; sys.path[:] = sys.argv[2:]; from saraban.cage import main; main(int(sys.argv[1]))"
SLOTS: deque[None] = deque([None] * max(2, os.cpu_count() or 2))
"""One token per child that may run at once; pop and append are atomic for threads and greenlets alike."""


def run_limited(
    function: str,
    *args: Any,
    memory_mb: int = 512,
    cpu_seconds: int = 20,
    wall_seconds: float = 40.0,
    output_bytes: int = 10_000_000,
) -> Any:
    """Call `package.module:function` with `args` in a child process and answer its result; both must be JSON values,
    files go by path. The child has `memory_mb` of address space, `output_bytes` for its answer, for what it prints and
    for each file it writes, no network and no children of its own; at `wall_seconds` it is killed with its group.

    Raises ChildKilled when it did not come to an answer.
    """
    request = {
        "function": function,
        "args": args,
        "memory_mb": memory_mb,
        "cpu_seconds": cpu_seconds,
        "output_bytes": output_bytes,
    }
    with _slot(), _Child(function, output_bytes) as child:
        child.give(json.dumps(request).encode())
        child.attend(time.monotonic() + wall_seconds)
        return child.answer(memory_mb, cpu_seconds)


@contextlib.contextmanager
def _slot() -> Iterator[None]:
    while True:
        with contextlib.suppress(IndexError):
            SLOTS.pop()
            break
        time.sleep(0.01)
    try:
        yield
    finally:
        SLOTS.append(None)


LOOK_SECONDS = 0.01
"""How often a child's memory is looked at while it works."""


@dataclass
class _Child:
    """One child from start to burial."""

    function: str
    limit: int
    received: dict[int, bytearray] = field(default_factory=dict)
    stopped: str | None = None
    peak: int = 0
    status: int = 0
    usage: resource.struct_rusage | None = None

    def __enter__(self) -> Self:
        self.result, write_end = os.pipe()
        command = [sys.executable, "-S", "-s", "-E", "-B", "-X", "utf8", "-c", START, str(write_end), *sys.path]
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=(write_end,),
                start_new_session=True,
                env={"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "TMPDIR": os.environ.get("TMPDIR", "/tmp")},  # noqa: S108
                close_fds=True,
            )
        finally:
            os.close(write_end)
        assert self.process.stdout is not None
        self.printed = self.process.stdout.fileno()
        self.received = {self.result: bytearray(), self.printed: bytearray()}
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self._bury(kill=True)
        os.close(self.result)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def give(self, request: bytes) -> None:
        """Hand the request over; a child that died at once is no error here."""
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(request)
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()

    def attend(self, deadline: float) -> None:
        """Collect what the child says until it is gone, or kill it at the deadline or over the limit."""
        open_ends = set(self.received)
        while open_ends and self.stopped is None:
            if time.monotonic() > deadline:
                self.stopped = "wall"
            self.peak = max(self.peak, _peak_memory(self.process.pid))
            ready = select.select(list(open_ends), [], [], LOOK_SECONDS)[0]
            for end in ready:
                if not self._collect(end):
                    open_ends.discard(end)
        self._bury(kill=self.stopped is not None, deadline=deadline)

    def answer(self, memory_mb: int, cpu_seconds: int) -> Any:
        """The function's result. Raises ChildKilled when there is none."""
        if self.stopped is None and self.status == 0:
            with contextlib.suppress(ValueError):
                said = json.loads(bytes(self.received[self.result]))
                if "value" in said:
                    return said["value"]
                raise self._killed(said["error"], said.get("said", ""))
        raise self._killed(self.stopped or self._cause(memory_mb, cpu_seconds), "")

    def _collect(self, end: int) -> bool:
        chunk = os.read(end, 65536)
        self.received[end] += chunk
        if len(self.received[end]) > self.limit:
            self.stopped = "output"
        return bool(chunk)

    def _bury(self, *, kill: bool, deadline: float = 0.0) -> None:
        """Wait for the end of the child, killing its group first when asked to or when it dawdles."""
        while True:
            if kill:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signal.SIGKILL)
            pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            if pid:
                break
            time.sleep(0.002)
            kill = kill or time.monotonic() > deadline
        self.status, self.usage = status, usage
        self.process.returncode = os.waitstatus_to_exitcode(status)

    def _cause(self, memory_mb: int, cpu_seconds: int) -> str:
        """What killed a child that we did not: the CPU limit, the end of its memory, or a crash of its own."""
        assert self.usage is not None
        if os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == signal.SIGXCPU:
            return "cpu"
        if self.usage.ru_utime + self.usage.ru_stime >= cpu_seconds:
            return "cpu"
        out_of_memory = b"MemoryError" in self.received[self.printed] or b"bad_alloc" in self.received[self.printed]
        return "memory" if out_of_memory or self.peak > memory_mb * 1024 * 0.6 else "crash"

    def _killed(self, reason: str, said: str) -> ChildKilled:
        last_words = said or bytes(self.received[self.printed][-500:]).decode(errors="replace")
        return ChildKilled({"function": self.function, "reason": reason, "last_words": last_words})


def _peak_memory(pid: int) -> int:
    """The most memory that a process has held so far, in kB; 0 when it is gone. The kernel's own account at its end
    (`ru_maxrss`) does not tell: Linux begins it with the peak of the parent."""
    try:
        status = Path(f"/proc/{pid}/status").read_bytes()
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith(b"VmHWM:")), b"VmHWM: 0 kB")
    return int(line.split()[1])
