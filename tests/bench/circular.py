"""Routing on one machine: a circular to 10,000 officers, and an inbox with 100,000 letters behind it.

`python -m tests.bench.circular [letters]` prints JSON; the log and the views are SQLite files in a temporary folder.
Each figure stands beside a reference from the same run: a bare insert of as many rows, an inbox with one page behind it.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from saraban.contracts import codec, ids
from saraban.contracts.actor import Actor, signature
from saraban.contracts.commit import Draft
from saraban.contracts.events import routing as said
from saraban.contracts.letters import Particulars
from saraban.engines.event_store.sqlite import SqliteEventStore
from saraban.engines.views.sqlite import SqliteViews
from saraban.follow import Follower
from services.routing import handlers
from services.routing.desk import Desk
from services.routing.views import shelves
from services.routing.views.circulation import circulation
from services.routing.views.history import history
from services.routing.views.inbox import inbox
from services.routing.views.projections import projections
from tests.builders import actor, appointed, arrived, organisation, registered, unit_added
from tests.unit.routing.office import CENTRAL_REGISTRY, Log

UNITS = 100
OFFICERS_PER_UNIT = 100
LETTERS = 100_000
BATCH = 500


def main() -> None:
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    with tempfile.TemporaryDirectory() as folder:
        office = BigOffice(Path(folder))
        circular = measure_circular(office, Path(folder))
        figures = {"circular": circular, "inbox": measure_inbox(office, letters)}
        print(json.dumps(figures, indent=2))


class BigOffice:
    """10,000 officers in 100 units, and routing's desk over SQLite."""

    def __init__(self, folder: Path) -> None:
        self.log = Log(SqliteEventStore(folder / "log.db"))
        self.views = SqliteViews(folder / "routing.db")
        follower = Follower("routing", self.views, self.log, projections())
        self.desk = Desk(views=self.views, follower=follower, registry=self.log)
        self.units = [f"unit-{at:03d}" for at in range(UNITS)]
        officers = [
            appointed(officer_id(at), unit_id=self.units[at % UNITS]) for at in range(UNITS * OFFICERS_PER_UNIT)
        ]
        everyone = [*organisation(), *map(unit_added, self.units), *officers]
        self.write([(ids.ORGANISATION_STREAM, one) for one in everyone])
        follower.sweep()

    def write(self, told: list[tuple[str, object]]) -> None:
        """One commit with many events."""
        self.log.store.append([self.draft(told, {})])

    def draft(self, told: list[tuple[str, object]], heads: dict[str, int]) -> Draft:
        recorded = []
        for stream, event in told:
            heads[stream] = heads.get(stream, 0) + 1
            recorded.append(codec.encode(stream, heads[stream], event))
        at = f"2026-11-23T02:00:00.{random.randrange(10**6):06d}+00:00"
        by = signature(CENTRAL_REGISTRY)
        return Draft(command_id=ids.new_id(), at=at, actor=by, cause="bench", events=tuple(recorded))

    def receive(self, numbers: range, reader: str) -> None:
        """Registered letters, each circulated to one officer, each in a commit of its own."""
        for start in range(numbers.start, numbers.stop, BATCH):
            batch = range(start, min(start + BATCH, numbers.stop))
            self.log.store.append([self.draft(circulated(number, reader), {}) for number in batch])
        self.desk.follower.sweep()


def officer_id(at: int) -> str:
    return f"officer-{at:05d}"


def officer(at: int) -> Actor:
    return actor(officer_id(at), unit_id=f"unit-{at % UNITS:03d}")


def circulated(number: int, reader: str) -> list[tuple[str, object]]:
    letter_id = f"letter-{number:06d}"
    readers = (said.Reader(officer_id=reader, via=None),)
    to = (said.Addressee(kind="officer", id=reader),)
    events = (
        arrived(letter_id, Particulars(subject=f"หนังสือฉบับที่ {number}", number=f"ศธ ๐๔๐๐๙/{number}", sender="สพฐ.")),
        registered(letter_id, number=number),
        said.LetterCirculated(letter_id=letter_id, circulation_id=f"c-{number}", addressees=to, readers=readers),
    )
    return [(ids.letter_stream(letter_id), one) for one in events]


def measure_circular(office: BigOffice, folder: Path) -> dict[str, Any]:
    """From the command until it is in every inbox, then 200 acknowledgements by different readers."""
    office.write([(ids.letter_stream("circular"), one) for one in (arrived("circular"), registered("circular"))])
    office.desk.follower.sweep()
    to = [{"kind": "unit", "id": unit} for unit in office.units]
    began = time.perf_counter()
    answer = handlers.circulate(office.desk, CENTRAL_REGISTRY, "circular", "circular", to)
    seconds = time.perf_counter() - began
    in_inboxes = sum(
        bool(inbox(office.views, officer(at), limit=1)["rows"]) for at in range(0, UNITS * OFFICERS_PER_UNIT, 50)
    )
    assert in_inboxes == answer["readers"] // 50
    reference = bare_insert(folder / "bare.db", answer["readers"] * 5)
    acknowledging = [
        timed(lambda at=at: handlers.acknowledge(office.desk, officer(at), f"ack-{at}", "circular"))
        for at in range(0, 10_000, 50)
    ]
    return {
        "readers": answer["readers"],
        "seconds_until_in_every_inbox": round(seconds, 2),
        "ratio_to_bare_insert_of_as_many_rows": round(seconds / reference, 1),
        "acknowledge_ms": spread(acknowledging),
        "circulation_page_ms": spread(
            [timed(lambda: circulation(office.views, CENTRAL_REGISTRY, "circular")) for _ in range(20)]
        ),
        "history_page_ms": spread(
            [timed(lambda: history(office.views, CENTRAL_REGISTRY, "circular")) for _ in range(20)]
        ),
    }


def bare_insert(path: Path, rows: int) -> float:
    """Seconds that one durable transaction takes for as many rows: the documents and their index lines."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE bare (key TEXT PRIMARY KEY, doc TEXT) WITHOUT ROWID")
        began = time.perf_counter()
        db.executemany(
            "INSERT INTO bare VALUES (?, ?)", ((f"circular:officer-{at:06d}", "x" * 200) for at in range(rows))
        )
        db.commit()
        return time.perf_counter() - began


def measure_inbox(office: BigOffice, letters: int) -> dict[str, Any]:
    """Pages of 50 with their counts, first and deep ones, of an officer with all the letters and of one with a page."""
    office.receive(range(letters, letters + 50), officer_id(2))
    began = time.perf_counter()
    office.receive(range(letters), officer_id(1))
    followed = time.perf_counter() - began
    busy, quiet = officer(1), officer(2)
    full = spread([timed(lambda: inbox(office.views, busy)) for _ in range(100)])
    single = spread([timed(lambda: inbox(office.views, quiet)) for _ in range(100)])
    return {
        "letters_behind_it": office.views.count(shelves.READERS, "all", [f"{officer_id(1)}@/0"]),
        "letters_written_and_followed_per_second": round(letters / followed),
        "first_page_ms": full,
        "deep_page_ms": spread(deep_pages(office, busy)),
        "page_with_one_page_behind_it_ms": single,
        "ratio_to_one_page_behind_it": round(full["p50"] / single["p50"], 1),
    }


def deep_pages(office: BigOffice, who: Actor) -> list[float]:
    taken = []
    for _ in range(100):
        place = json.dumps([f"2026-11-23T02:00:00.{random.randrange(10**6):06d}+00:00", ""])
        taken.append(timed(lambda place=place: inbox(office.views, who, "all", continue_from=place)))
    return taken


def timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def spread(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {"p50": round(statistics.median(ordered), 1), "p95": round(ordered[int(len(ordered) * 0.95)], 1)}


if __name__ == "__main__":
    main()
