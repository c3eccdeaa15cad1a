"""Hosts whose kernel refuses the system call filter."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

SCRIPT = """
import ctypes, os, socket, sys
from saraban import cage
class Libc:
    def __init__(self, real): self.prctl = lambda *_: -1; self.unshare = real
real = ctypes.CDLL(None, use_errno=True)
how = cage.shut_network(Libc(real.unshare if sys.argv[1] == "namespace" else lambda *_: -1))
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=2)
    print(how, "connected")
except OSError:
    print(how, "refused")
"""


def shut(way: str) -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, way, port], capture_output=True, text=True, check=True, timeout=20
        )
    return done.stdout.strip()


def test_without_the_filter_an_empty_network_namespace_takes_its_place() -> None:
    said = shut("namespace")

    if said.startswith("python"):
        pytest.skip("this host allows no network namespaces")
    assert said == "namespace refused"


def test_without_either_pythons_own_sockets_are_barred() -> None:
    assert shut("python") == "python refused"
