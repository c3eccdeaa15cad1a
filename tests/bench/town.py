"""Every service as a process of its own over RabbitMQ, MongoDB, MinIO and OpenSearch, measured from outside over HTTP,
with few letters in the log and again with many: `python -m tests.bench.town [letters …]` prints JSON.

At each size: how fast the services followed what was added and search took it into the index; registering with 1, 2
and 4 processes of the registry; knock to inbox; pages of an inbox that holds every letter; searches of all kinds, and
for what stands in every letter; and one circular to 10,000 officers.
"""

from __future__ import annotations

import json
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from saraban.engines.event_store.mongo import MongoEventStore
from tests.bench import archive
from tests.bench.house import DEFAULTS, idle_cpu, knocked, letter, registering
from tests.chaos.servers import Servers
from tests.house import Client, until
from tests.town import SERVICES, Town

LETTERS = (1_000, 100_000)
REGISTRIES = (1, 2, 4)
FOLLOWERS = ("registry", "intake", "routing", "search", "mail")
SERVERS = ("mongodb", "opensearch")
QUESTIONS = 200
LOOK_SECONDS = 1.0
PATIENCE = 2400.0
BUSY = 15.0
"""Percent of a core above which a process is not at rest."""


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:]] or LETTERS
    with (
        tempfile.TemporaryDirectory() as place,
        Servers(Path(place) / "servers") as servers,
        grown(Path(place), servers) as city,
    ):
        print(json.dumps({"officers": archive.OFFICERS, "growth": [city.at(letters) for letters in sizes]}))


@contextmanager
def grown(folder: Path, servers: Servers) -> Iterator[City]:
    """A town with the demo agency and 10,000 officers more, that looks after itself as often as one in use."""
    settings = {**servers.settings(), **DEFAULTS}
    with Town(folder / "data", broker=settings["SARABAN_BROKER"], more=settings) as town:
        town.seed()
        archive.employ(settings["SARABAN_LOG"])
        yield City(
            town=town,
            servers=servers,
            log=settings["SARABAN_LOG"],
            clerk=town.token("somsri"),
            reader=town.token(archive.READER),
            circulated_to=[town.token(archive.officer_id(at)) for at in (0, archive.OFFICERS - 1)],
        )


@dataclass(frozen=True, kw_only=True)
class City:
    """The town, and the tokens of those who ask: a clerk, the reader of every letter, the first and the last officer."""

    town: Town
    servers: Servers
    log: str
    clerk: str
    reader: str
    circulated_to: Sequence[str]

    def at(self, letters: int) -> dict[str, Any]:
        """Everything measured with so many letters in the log."""
        grew = self.grow(letters)
        told("grown", grew)
        searches = [f"/search?q={quote(words)}" for words in archive.questions(letters, QUESTIONS)]
        common = [f"/search?q={quote(archive.SENDER)}"] * QUESTIONS
        asked = {
            "knock_to_inbox_ms": spread([1000 * knocked(self.town, self.clerk, self.reader) for _ in range(20)]),
            "inbox_ms": self.timed(self.reader, ["/inbox?which=all"] * QUESTIONS),
            "search_ms": {
                "clerk": self.timed(self.clerk, searches),
                "officer": self.timed(self.reader, searches),
                "in_every_letter": self.timed(self.reader, common),
            },
        }
        told("asked", asked)
        return {**grew, **asked, "circular": self.circular(), "registries": self.registries()}

    def grow(self, letters: int) -> dict[str, Any]:
        """Fill the log and wait until every service's views and the index hold all of it."""
        began = time.monotonic()
        added = archive.fill(self.log, letters)
        filled = time.monotonic() - began
        told("filled", letters, round(filled))
        seconds = self.caught_up(letters, began)
        self.settle()
        return {
            "letters": letters,
            "added": added,
            "filled_seconds": round(filled),
            "seconds_until_held": {name: round(taken) for name, taken in seconds.items()},
            "letters_per_second": {name: round(added / taken) for name, taken in seconds.items()},
        }

    def caught_up(self, letters: int, began: float) -> dict[str, float]:
        """Seconds since `began` until each service's views, and the index, hold all of the log."""
        head = self.head()
        found: dict[str, float] = {}
        with closing(Client(self.town.port, self.clerk)) as asking:
            while len(found) < len(FOLLOWERS) + 1:
                assert time.monotonic() - began < PATIENCE, found
                time.sleep(LOOK_SECONDS)
                for name in FOLLOWERS:
                    if name not in found and self.position(name) >= head:
                        found[name] = time.monotonic() - began
                        told(name, "at", head, round(found[name]))
                if "search" in found and holds(asking, *archive.last_of(letters)):
                    found["index"] = time.monotonic() - began
        return found

    def head(self) -> int:
        """The log position of the last commit."""
        with closing(MongoEventStore(self.log)) as store:
            return store.head().position

    def position(self, service: str) -> float:
        """The log position of a service's views, as the first of its processes tells it."""
        (process, *_) = self.town.of(service)
        with closing(Client(int(process.ports["SARABAN_HEALTH_PORT"]))) as scraper:
            _, content = scraper.ask("GET", "//metrics")
        lines = content.decode().splitlines()
        found = [line.rsplit(" ", 1)[1] for line in lines if line.startswith("saraban_view_position")]
        return max(map(float, found), default=-1.0)

    def settle(self) -> None:
        """Wait until the services, MongoDB and OpenSearch use next to nothing."""
        services = [one.running.pid for name in SERVICES for one in self.town.of(name)]
        pids = [*services, *(self.servers.running[name].pid for name in SERVERS)]
        until(lambda: all(idle_cpu(pid, 0.5) < BUSY for pid in pids), 300)

    def timed(self, token: str, paths: Sequence[str]) -> dict[str, float]:
        """Milliseconds of questions asked one after the other."""
        taken = []
        with closing(Client(self.town.port, token)) as client:
            for path in paths:
                began = time.perf_counter()
                client.did("GET", path)
                taken.append((time.perf_counter() - began) * 1000)
        return spread(taken)

    def circular(self) -> dict[str, Any]:
        """Seconds until a circular to every unit is in the inboxes of the first and the last of 10,000 officers."""
        to = [{"kind": "unit", "id": archive.unit_id(at)} for at in range(archive.UNITS)]
        with closing(Client(self.town.port, self.clerk)) as sender:
            made = sender.did("POST", "/letters", {"particulars": letter("แจ้งเวียนทุกคน"), "files": []})["letter_id"]
            began = time.perf_counter()
            answer = sender.did("POST", f"/letters/{made}/circulations", {"to": to, "note": ""})
            answered = time.perf_counter() - began
        assert answer["readers"] == archive.OFFICERS, answer
        for token in self.circulated_to:
            with closing(Client(self.town.port, token)) as reader:
                until(lambda reader=reader: made in json.dumps(reader.did("GET", "/inbox?which=waiting")), 60)
        seconds = time.perf_counter() - began
        self.settle()
        return {"answered_seconds": round(answered, 2), "in_every_inbox_seconds": round(seconds, 2)}

    def registries(self) -> dict[str, Any]:
        """Letters per second over HTTP as the registry gets more processes."""
        found: dict[str, Any] = {}
        for wanted in REGISTRIES:
            while len(self.town.of("registry")) < wanted:
                self.town.await_ready(self.town.begin("registry"))
            found[str(wanted)] = registering(self.town.port, self.clerk)
            told("registries", wanted, found[str(wanted)])
            self.settle()
        for spare in self.town.of("registry")[1:]:
            spare.end(signal.SIGTERM)
        return found


def holds(asking: Client, letter_id: str, words: str) -> bool:
    """Whether a search finds the letter first."""
    hits = asking.did("GET", f"/search?q={quote(words)}")["hits"]
    return bool(hits) and hits[0]["letter_id"] == letter_id


def spread(taken: Sequence[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {"p50": round(statistics.median(ordered), 1), "p95": round(ordered[int(len(ordered) * 0.95)], 1)}


def told(*words: object) -> None:
    """A line on the way, as the whole takes long."""
    print(time.strftime("%X"), *words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
