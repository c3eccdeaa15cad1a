"""What is killed, when, and how long it stays away: decided by a seed alone."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from tests.chaos.servers import NAMES, Servers
from tests.town import Process, Town

Tell = Callable[[str], None]

SERVERS_SHARE = 0.25
"""How much of what is killed are servers; the rest are Saraban's own processes."""

BETWEEN = (1.0, 5.0)
AWAY = (0.0, 2.0)
"""Seconds between two kills, and until what was killed is started again."""


class Killer:
    """Kills one thing after the other and starts it again, telling each."""

    def __init__(self, town: Town, servers: Servers, seed: int, tell: Tell) -> None:
        self._town = town
        self._servers = servers
        self._chance = random.Random(seed)
        self._tell = tell
        self._risen: list[Process] = []

    def kill(self, times: int) -> None:
        """So many kills, each after a wait; afterwards everything runs and is ready."""
        for _ in range(times):
            time.sleep(self._chance.uniform(*BETWEEN))
            away = self._chance.uniform(*AWAY)
            if self._chance.random() < SERVERS_SHARE:
                self._server(self._chance.choice(NAMES), away)
            else:
                self._process(self._chance.choice(sorted({one.service for one in self._town.processes})), away)
        while self._risen:
            self._town.await_ready(self._risen.pop())

    def _process(self, service: str, away: float) -> None:
        running = self._town.of(service)
        victim = running[self._chance.randrange(len(running))]
        self._tell(f"kill -9 {service} (process {victim.running.pid}), away for {away:.1f} s")
        victim.kill()
        if victim in self._risen:
            self._risen.remove(victim)
        time.sleep(away)
        self._risen.append(self._town.again(victim))

    def _server(self, name: str, away: float) -> None:
        """Kill a server. RabbitMQ is asked to end instead: 3.10, which the tests use, may leave a queue without a leader
        for good when it is killed (services make such a queue anew after half a minute)."""
        gently = name == "rabbitmq"
        self._tell(f"{'stop' if gently else 'kill -9'} {name}, away for {away:.1f} s")
        self._servers.running[name].stop() if gently else self._servers.running[name].kill()
        time.sleep(away)
        self._servers.begin(name)
