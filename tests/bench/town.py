"""Every service as a process of its own over RabbitMQ, MongoDB, MinIO and OpenSearch, measured from outside:
`python -m tests.bench.town [letters]` prints JSON.

Registering over HTTP with 1, 2 and 4 processes of the registry, knock to inbox over RabbitMQ, one circular to 10,000
officers; and what becomes of registering, knock and search when the log has grown from 1,000 letters to `letters`.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from saraban.contracts import codec, ids
from saraban.contracts.actor import SYSTEM, signature
from saraban.contracts.commit import Draft
from saraban.engines.event_store.mongo import MongoEventStore
from tests.bench.circular import circulated
from tests.bench.house import knocked, letter, registering
from tests.chaos.run import settled
from tests.chaos.servers import Servers
from tests.house import Client, until
from tests.town import Town, readiness

UNITS, OFFICERS = 100, 10_000
REGISTRIES = (1, 2, 4)
LETTERS = (1_000, 100_000)
BATCH = 500
PATIENCE = 3600.0


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS[-1]
    with (
        tempfile.TemporaryDirectory() as place,
        Servers(Path(place) / "servers") as servers,
        settled(Path(place), servers, 1) as town,
    ):
        print(json.dumps(measure(town, Path(place), servers.settings()["SARABAN_LOG"], most)))


def measure(town: Town, folder: Path, log: str, most: int) -> dict[str, Any]:
    clerk, officer = town.token("somsri"), town.token("anan")
    figures: dict[str, Any] = {"growth": []}
    for letters in (LETTERS[0], most):
        began = time.monotonic()
        fill(log, letters)
        caught_up(town, log)
        followed = round(time.monotonic() - began)
        told("followed", letters, followed)
        figures["growth"].append(
            {"letters": letters, "filled_and_followed_seconds": followed, **once(town, clerk, officer)}
        )
        told("measured", figures["growth"][-1])
        if letters == LETTERS[0]:
            figures["circular"] = circular(town, folder, clerk)
            told("circular", figures["circular"])
            figures["registries"] = with_more_registries(town, clerk)
    return figures


def told(*words: object) -> None:
    """A line on the way, as the whole takes long."""
    print(*words, file=sys.stderr, flush=True)


def once(town: Town, clerk: str, officer: str) -> dict[str, Any]:
    """Registering, knock to inbox and search, with whatever the log holds now."""
    registered = registering(town.port, clerk)
    settle(town)
    seen = [knocked(town, clerk, officer) for _ in range(5)]
    return {"registering": registered, "knock_to_inbox_seconds": seen, "search_ms": searching(town, clerk)}


def with_more_registries(town: Town, clerk: str) -> dict[str, Any]:
    """Letters per second over HTTP as the registry gets more processes, all on the same two cores."""
    found: dict[str, Any] = {}
    for wanted in REGISTRIES:
        while len(town.of("registry")) < wanted:
            town.await_ready(town.begin("registry"))
        found[str(wanted)] = registering(town.port, clerk)
        told("registries", wanted, found[str(wanted)])
        settle(town)
    for spare in town.of("registry")[1:]:
        spare.end(15)
    return found


def circular(town: Town, folder: Path, clerk: str) -> dict[str, Any]:
    """Seconds until the first, the middle and the last of 10,000 officers have it in their inboxes."""
    import_everyone(town, folder)
    readers = [town.token(officer_id(at)) for at in (0, OFFICERS // 2, OFFICERS - 1)]
    sender = town.client(clerk)
    made = sender.did("POST", "/letters", {"particulars": letter("แจ้งเวียนทุกคน"), "files": []})["letter_id"]
    to = [{"kind": "unit", "id": unit_id(at)} for at in range(UNITS)]
    began = time.perf_counter()
    answer = sender.did("POST", f"/letters/{made}/circulations", {"to": to, "note": ""})
    answered = time.perf_counter() - began
    for token in readers:
        with closing(Client(town.port, token)) as reader:
            until(lambda reader=reader: made in json.dumps(reader.did("GET", "/inbox?which=waiting")), 60)
    return {
        "readers": answer.get("readers"),
        "answered_seconds": round(answered, 2),
        "in_every_inbox_seconds": round(time.perf_counter() - began, 2),
    }


def import_everyone(town: Town, folder: Path) -> None:
    units = [(unit_id(at), f"หน่วยที่ {at}", f"น.{at}", f"{at:03d}", "") for at in range(UNITS)]
    officers = [
        (officer_id(at), officer_id(at), f"เจ้าหน้าที่ {at}", "นักวิชาการ", unit_id(at % UNITS)) for at in range(OFFICERS)
    ]
    for name, columns, rows in (
        ("units", ("unit_id", "name", "short_name", "code", "parent_id"), units),
        ("officers", ("officer_id", "login", "name", "title", "unit_id"), officers),
    ):
        with (folder / f"{name}.csv").open("w", newline="") as table:
            csv.writer(table).writerows([columns, *rows])
        done = town.command("org", "import", str(folder / f"{name}.csv"))
        assert done.returncode == 0, done.stderr


def fill(log: str, letters: int) -> None:
    """Bring the log to so many letters, each registered and circulated to one officer."""
    with closing(MongoEventStore(log)) as store:
        present = len(store.read(0, 1)) and store.head().position
        for start in range(present, letters, BATCH):
            store.append([_received(number) for number in range(start, min(start + BATCH, letters))])


def _received(number: int) -> Draft:
    events = [
        codec.encode(stream, version, event)
        for version, (stream, event) in enumerate(circulated(number, "anan"), start=1)
    ]
    by = signature(SYSTEM)
    at = f"2026-11-23T02:00:{number % 60:02d}.{number % 1_000_000:06d}+00:00"
    return Draft(command_id=ids.new_id(), at=at, actor=by, cause="bench", events=tuple(events))


def caught_up(town: Town, log: str) -> None:
    """Wait until every service's views and the index hold all of the log."""
    with closing(MongoEventStore(log)) as store:
        head = store.head().position
    services = ("registry", "routing", "search", "mail", "intake")
    until(lambda: all(position(town, one) >= head for one in services), PATIENCE)
    settle(town)


def position(town: Town, service: str) -> float:
    """The log position of the service's views, as its metrics tell it."""
    (process, *_) = town.of(service)
    with closing(Client(int(process.ports["SARABAN_HEALTH_PORT"]))) as scraper:
        _, content = scraper.ask("GET", "//metrics")
    lines = content.decode().splitlines()
    found = [line.rsplit(" ", 1)[1] for line in lines if line.startswith("saraban_view_position")]
    return max(map(float, found), default=-1.0)


def settle(town: Town) -> None:
    """Wait until the processes use next to nothing."""
    from tests.bench.house import idle_cpu

    assert readiness(town.of("registry")[0])["ready"]
    until(lambda: all(idle_cpu(one.running.pid, 0.5) < 10.0 for one in town.processes if not one.running.poll()), 3600)


def searching(town: Town, token: str) -> dict[str, float]:
    """How long a search takes, first hits shown, one asker at a time."""
    client, taken = town.client(token), []
    for number in range(100):
        began = time.perf_counter()
        client.did("GET", f"/search?q={quote(f'หนังสือฉบับที่ {number}')}")
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {"p50": round(taken[50], 1), "p95": round(taken[95], 1)}


def unit_id(at: int) -> str:
    return f"unit-{at:03d}"


def officer_id(at: int) -> str:
    return f"officer-{at:05d}"


if __name__ == "__main__":
    main()
