"""Appends to the log on SQLite: `python -m tests.bench.appends` prints one JSON object.

Each figure is the median of a few rounds, and in each round every contender runs once, in a process and a folder of
its own, so that a busy machine slows all of them; a ratio is the median of the rounds' ratios. All flush to the disk at
every commit (`synchronous=FULL`). Each writes for a while before it is measured: a file that still grows is flushed
more slowly than one that is written again, and a house runs all day.

- saraban: 64 green threads, each writing one command with one event at a time with the registry's pen, as its
  handlers do: decided, numbered, sealed, written, and the caller woken.
- saraban_batches: the store by itself, given 64 drafts at a time; what lies between the two is the pen.
- eventsourcing: the library's own SQLite recorder, one event per insert, its events made beforehand; the better of one
  caller and of 64 threads.
- bare_insert: what SQLite itself can do with the same rows in the same tables: `executemany` in transactions of 64
  ready-made rows, without reading anything, in a file as SQLite makes it.
- bare_same_pages: the same in a file with pages as large as those of the log, which such rows fit better.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from operator import length_hint
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

ROUNDS = 7
CALLERS = 64
SECONDS = 0.7
"""How long each contender may write in each round."""

ENOUGH = 40_000
"""Commits made ready for a contender; one that has written them all before the time is up stops there."""

WARM_UP = 0.2
"""The share of them that is written before the measuring begins."""

AT = "2026-11-23T01:30:00.000000+00:00"
ACTOR = '{"officer_id":"somsri","name":"นางสมศรี ใจเย็น","title":"เจ้าหน้าที่","unit_id":"central"}'
PARTICULARS: dict[str, Any] = {
    "subject": "ขอความอนุเคราะห์ช่วยเหลือครูผู้ประสบอุทกภัยในพื้นที่ภาคเหนือตอนบน",
    "number": "ศธ ๐๔๐๐๙/๑๒๓",
    "dated": "2026-11-20",
    "sender": "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
    "addressee": "เลขาธิการคุรุสภา",
    "enclosures": ("บัญชีรายชื่อครูผู้ประสบอุทกภัย จำนวน 1 ชุด",),
}
FILE: dict[str, Any] = {"name": "ขอความอนุเคราะห์.pdf", "media_type": "application/pdf", "size": 19_088}

Figures = dict[str, float]


def main() -> None:
    if len(sys.argv) > 1:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(CONTENDERS[sys.argv[1]](Path(folder))))
        return
    rounds = [{name: in_own_process(name) for name in CONTENDERS} for _ in range(ROUNDS)]
    medians = {name: median([one[name] for one in rounds]) for name in CONTENDERS}
    print(json.dumps({**medians, "ratios": median([ratios(one) for one in rounds])}, indent=2))


def in_own_process(name: str) -> Figures:
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.appends", name]
    figures: Figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return figures


def median(rounds: list[Figures]) -> Figures:
    return {key: round(statistics.median(one[key] for one in rounds), 2) for key in rounds[0]}


def ratios(one: dict[str, Figures]) -> Figures:
    """How many times as much as a reference Saraban did in a round; over 1 is more."""
    references = [name for name in CONTENDERS if not name.startswith("saraban")]
    return {
        f"{ours}_to_{reference}": round(one[ours]["per_second"] / one[reference]["per_second"], 2)
        for ours in ("saraban", "saraban_batches")
        for reference in references
    }


def drafts(number: int) -> list[Any]:
    """Letters as they arrive, with one file each: the event that the registry writes, some 1,000 bytes, on a stream of
    its own."""
    from saraban.contracts import codec
    from saraban.contracts.commit import Draft
    from saraban.contracts.events.registry import LetterArrived
    from saraban.contracts.ids import letter_stream, new_id
    from saraban.contracts.letters import FileRef, Particulars

    made = []
    for _ in range(number):
        letter_id = new_id()
        arrived = LetterArrived(
            letter_id=letter_id,
            channel="upload",
            arrived_at=AT,
            particulars=Particulars(**PARTICULARS),
            files=(FileRef(sha256=hashlib.sha256(letter_id.encode()).hexdigest(), **FILE),),
        )
        event = codec.encode(letter_stream(letter_id), 1, arrived)
        made.append(Draft(command_id=new_id(), at=AT, actor=json.loads(ACTOR), cause="receive", events=(event,)))
    return made


def payload(draft: Any) -> str:
    """The event as the store writes it."""
    return msgspec.json.encode(draft.events[0].data).decode()


def saraban(folder: Path) -> Figures:
    import eventlet

    eventlet.monkey_patch()
    from saraban.engines.event_store.sqlite import SqliteEventStore

    return through_a_pen(SqliteEventStore(folder / "log.db"), drafts(ENOUGH), CALLERS)


def through_a_pen(store: Any, made: list[Any], callers: int) -> Figures:
    """What so many green threads write together; only where eventlet has patched the standard library."""
    import eventlet

    from saraban.wiring import MachineClock
    from services.registry.pen import Pen

    pen = Pen(store, MachineClock(), publish=lambda _: None)
    taken: list[float] = []
    timer = Timer(made)

    def caller() -> None:
        for draft in timer:
            began = time.perf_counter()
            pen.write(draft.command_id, draft.actor, draft.cause, partial(new_letter, draft))
            taken.append(time.perf_counter() - began)

    threads = [eventlet.spawn(caller) for _ in range(callers)]
    for each in threads:
        each.wait()
    per_second = timer.per_second()
    assert store.head().position >= len(taken)
    taken.sort()
    return {
        "per_second": per_second,
        "p50_ms": taken[len(taken) // 2] * 1000,
        "p99_ms": taken[len(taken) * 99 // 100] * 1000,
    }


def new_letter(draft: Any, streams: Any) -> Any:
    streams.begins(draft.events[0].stream)
    return draft.events


def saraban_batches(folder: Path) -> Figures:
    from saraban.engines.event_store.sqlite import SqliteEventStore

    store = SqliteEventStore(folder / "log.db")
    made = drafts(ENOUGH)
    timer = Timer([made[start : start + CALLERS] for start in range(0, ENOUGH, CALLERS)])
    for batch in timer:
        store.append(batch)
    return {"per_second": timer.per_second() * CALLERS}


def eventsourcing(folder: Path) -> Figures:
    alone = one_event_each(folder / "alone.db", 1)
    together = one_event_each(folder / "together.db", CALLERS)
    return {"per_second": max(alone, together), "alone": alone, "with_64_threads": together}


def one_event_each(path: Path, callers: int) -> float:
    from eventsourcing.persistence import StoredEvent
    from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

    recorder = SQLiteApplicationRecorder(SQLiteDatastore(str(path), pool_size=callers, lock_timeout=60))
    recorder.create_table()
    state = payload(drafts(1)[0]).encode()
    timer = Timer([StoredEvent(uuid4(), 1, "letter.arrived", state) for _ in range(ENOUGH // 4)])

    def caller() -> None:
        for event in timer:
            recorder.insert_events([event])

    threads = [threading.Thread(target=caller) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return timer.per_second()


def bare_insert(folder: Path) -> Figures:
    return bare(folder / "bare.db", "")


def bare_same_pages(folder: Path) -> Figures:
    from saraban.engines.sqlite_file import PAGE_BYTES

    return bare(folder / "bare.db", f"PRAGMA page_size = {PAGE_BYTES}")


def bare(path: Path, settings: str) -> Figures:
    from saraban.contracts.commit import GENESIS_HASH, Head, seal
    from saraban.engines.event_store.sqlite import SCHEMA

    head, headers, events = Head(position=0, hash=GENESIS_HASH), [], []
    for draft in drafts(ENOUGH):
        one = seal(draft, head)
        head = Head(position=one.position, hash=one.hash)
        headers.append((one.position, one.command_id, one.at, ACTOR, one.cause, one.previous_hash, one.hash))
        events.append((one.position, 0, one.events[0].stream, 1, "letter.arrived", 1, payload(draft)))
    db = sqlite3.connect(path, isolation_level=None)
    for statement in (settings, "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *SCHEMA.split(";\n")):
        db.execute(statement)
    timer = Timer([slice(start, start + CALLERS) for start in range(0, ENOUGH, CALLERS)])
    for batch in timer:
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO commits VALUES (?,?,?,?,?,?,?)", headers[batch])
        db.executemany("INSERT INTO events VALUES (?,?,?,?,?,?,?)", events[batch])
        db.execute("COMMIT")
    return {"per_second": timer.per_second() * CALLERS}


class Timer:
    """Gives out things until the time is up, to any number of callers, and tells how many went per second. The first of
    them warm up."""

    def __init__(self, things: list[Any]) -> None:
        from saraban.broker.threads import set_heap_aside

        set_heap_aside()
        cold = int(len(things) * WARM_UP)
        self._warming_up = iter(things[:cold])
        self._all = len(things) - cold
        self._left = iter(things[cold:])
        self._began = 0.0

    def __iter__(self) -> Iterator[Any]:
        yield from self._warming_up
        self._began = self._began or time.perf_counter()
        while time.perf_counter() - self._began < SECONDS:
            try:
                thing = next(self._left)
            except StopIteration:
                return
            yield thing

    def per_second(self) -> float:
        given = self._all - length_hint(self._left)
        return given / (time.perf_counter() - self._began)


CONTENDERS: dict[str, Callable[[Path], Figures]] = {
    "saraban": saraban,
    "saraban_batches": saraban_batches,
    "eventsourcing": eventsourcing,
    "bare_insert": bare_insert,
    "bare_same_pages": bare_same_pages,
}

if __name__ == "__main__":
    main()
