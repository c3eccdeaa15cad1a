"""What a hostile file could make its parser do; run in a child only."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path


def spin() -> None:
    while True:
        pass


def sleep_for(seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def eat_memory() -> int:
    eaten = []
    while True:
        eaten.append(bytearray(10_000_000))


def print_without_end() -> None:
    while True:
        sys.stdout.write("ก" * 10_000)


def answer_at_length(size: int) -> str:
    return "ก" * size


def write_file(path: str, size: int) -> int:
    Path(path).write_bytes(bytes(size))
    return size


def crash() -> None:
    ctypes.string_at(0)


def stumble() -> None:
    raise ValueError("a cross-reference table that is none")


def connect_to(port: int) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=2):
        return "connected"


def start_another_program() -> int:
    return subprocess.run(["true"], check=True).returncode


def leave_a_child_behind() -> int:
    return os.fork()


def count_in_a_thread() -> int:
    numbers: list[int] = []
    thread = threading.Thread(target=lambda: numbers.extend(range(10)))
    thread.start()
    thread.join()
    return len(numbers)


def environment() -> list[str]:
    return sorted(os.environ)
