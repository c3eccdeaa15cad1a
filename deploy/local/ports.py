"""Ports of loopback for servers that are started here."""

from __future__ import annotations

import random
import socket
from functools import lru_cache
from pathlib import Path

HOST = "127.0.0.1"
LOWEST = 10_000
HIGHEST = 65_535
ROOM = 1_000
"""How many ports are enough to choose from."""

OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")
"""Where Linux says from which ports it takes one for each connection that goes out, the first and the last."""


def free_port() -> int:
    """A port that nobody listens on, and that no outgoing connection is given.

    A server may be gone for a while and come back to the port: meanwhile those who look for it must not be given that
    port for their own end. On loopback a client would even reach itself there.
    """
    while True:
        port = random.choice(_ports_of_servers())  # noqa: S311 - no secret
        if _free(port):
            return port


def listens(port: int) -> bool:
    """Whether somebody listens on this port of loopback."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


@lru_cache(maxsize=1)
def _ports_of_servers() -> range:
    try:
        first, last = (int(word) for word in OUTGOING.read_text().split())
    except OSError:
        return range(LOWEST, HIGHEST + 1)
    below, above = range(LOWEST, first), range(last + 1, HIGHEST + 1)
    most = max(below, above, key=len)
    return most if len(most) >= ROOM else range(LOWEST, HIGHEST + 1)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
