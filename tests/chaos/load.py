"""Sixteen officers' worth of work: each client plays the story round after round while mail keeps coming."""

from __future__ import annotations

import threading
import time
from typing import Any

from tests.integration.test_killed import Persistent, drop_mail, story
from tests.town import Town

LOGINS = ("somsri", "anan", "prasit", "piti")


class Door:
    """Where one portal is."""

    def __init__(self, port: int) -> None:
        self.port = port


class Caller(Persistent):
    """An officer whose requests go to one portal after the other, and again to the next when one does not answer."""

    def __init__(self, town: Town, token: str) -> None:
        super().__init__(town, token)
        self._ports = town.portals()

    def did(self, method: str, path: str, body: Any = None, *, key: str, **more: Any) -> Any:
        self._house = Door(next(self._ports))
        return super().did(method, path, body, key=key, **more)


class Load:
    """Clients at work until `finish`, or for so many rounds with `play`. `rounds` counts the rounds that were begun;
    `failures` holds what no repeating helped against."""

    def __init__(self, town: Town, clients: int) -> None:
        self._town = town
        self._count = clients
        self._tokens = {login: town.token(login) for login in LOGINS}
        self._most: int | None = None
        self._enough = threading.Event()
        self._lock = threading.Lock()
        self._clients: list[threading.Thread] = []
        self.rounds = 0
        self.failures: list[str] = []

    def start(self) -> Load:
        self._clients = [threading.Thread(target=self._work) for _ in range(self._count)]
        for client in self._clients:
            client.start()
        return self

    def play(self, rounds: int) -> None:
        """Play so many more rounds, and return when they are played."""
        self._most = self.rounds + rounds
        self.start()
        self._join()

    def finish(self) -> int:
        """Let every client complete its round; answers how many there were."""
        self._enough.set()
        self._join()
        return self.rounds

    def _join(self) -> None:
        for client in self._clients:
            client.join()

    def officers(self) -> dict[str, Caller]:
        return {login: Caller(self._town, token) for login, token in self._tokens.items()}

    def await_rounds(self, more: int, seconds: float = 120.0) -> None:
        """Let so many more rounds begin, to see that work goes on."""
        wanted, limit = self.rounds + more, time.monotonic() + seconds
        while self.rounds < wanted:
            assert not self.failures, self.failures
            assert time.monotonic() < limit, f"work does not go on: {self.rounds} of {wanted} rounds"
            time.sleep(0.1)

    def _work(self) -> None:
        officers = self.officers()
        while not self._enough.is_set() and not self.failures:
            number = self._next()
            if number is None:
                return
            try:
                drop_mail(self._town, number)
                story(number, self._town, officers)
            except Exception as error:
                self.failures.append(f"round {number}: {error!r}")
                raise

    def _next(self) -> int | None:
        with self._lock:
            if self.rounds == self._most:
                return None
            self.rounds += 1
            return self.rounds - 1
