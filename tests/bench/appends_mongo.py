"""Appends to the log in MongoDB: `python -m tests.bench.appends_mongo` prints one JSON object.

A replica set of one member on this machine; every write waits for the majority and its journal. Each figure is the
median of a few rounds, and in each round every contender runs once, in processes and a database of its own.

- saraban: 64 green threads, each writing one commit with one event at a time through the registry's pen.
- saraban_two: the same from two processes with 32 green threads each, at the same time: as two replicas of the registry.
- saraban_batches: the store by itself, given 64 drafts at a time; what lies between the two is the waking of callers.
- bare_insert: what MongoDB itself does with the same documents in a collection with the same index: `insert_many` of 64
  ready-made ones, without reading anything.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.bench.appends import CALLERS, ENOUGH, Figures, Timer, drafts, median, through_a_pen

ROUNDS = 3


def main() -> None:
    if len(sys.argv) > 1:
        contender, address, *more = sys.argv[1:]
        print(json.dumps(PARTS[contender](address, *more)))
    else:
        print(json.dumps(measure(), indent=2))


def measure() -> dict[str, Any]:
    """The medians of all contenders, and Saraban's ratios to the bare insert."""
    from deploy.local import mongodb  # brings the driver, which the contenders import with real threads

    mongodb.get()
    with tempfile.TemporaryDirectory() as folder:
        server = mongodb.start(Path(folder))
        try:
            rounds = [
                {name: run(database(server.address, f"{name}{turn}")) for name, run in CONTENDERS.items()}
                for turn in range(ROUNDS)
            ]
        finally:
            server.kill()
    medians = {name: median([one[name] for one in rounds]) for name in CONTENDERS}
    bare = medians["bare_insert"]["per_second"]
    ratios = {f"{name}_to_bare_insert": round(one["per_second"] / bare, 2) for name, one in medians.items()}
    return {**medians, "ratios": ratios}


def database(address: str, name: str) -> str:
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def started(part: str, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.appends_mongo", part, *more]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def figures(process: subprocess.Popen[str]) -> Figures:
    told, _ = process.communicate()
    answered: Figures = json.loads(told)
    return answered


def one_process(part: str) -> Callable[[str], Figures]:
    return lambda address: figures(started(part, address))


def two_processes(address: str) -> Figures:
    """Both are furnished first and then begin at the same word."""
    processes = [started("saraban", address, str(CALLERS // 2)) for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    both = [figures(process) for process in processes]
    return {
        "per_second": sum(one["per_second"] for one in both),
        "slower_of_the_two": min(one["per_second"] for one in both),
        "p50_ms": max(one["p50_ms"] for one in both),
        "p99_ms": max(one["p99_ms"] for one in both),
    }


def saraban(address: str, callers: str = "") -> Figures:
    import eventlet

    eventlet.monkey_patch()
    from saraban.broker.threads import in_thread
    from saraban.engines.event_store.mongo import MongoEventStore

    made = drafts(ENOUGH)
    store = MongoEventStore(address)
    if callers:
        print("ready", flush=True)
        sys.stdin.read()
    told = through_a_pen(store, made, int(callers or CALLERS))
    in_thread(store.close)
    return told


def saraban_batches(address: str) -> Figures:
    from saraban.engines.event_store.mongo import MongoEventStore

    with closing(MongoEventStore(address)) as store:
        made = drafts(ENOUGH)
        timer = Timer([made[start : start + CALLERS] for start in range(0, ENOUGH, CALLERS)])
        for batch in timer:
            store.append(batch)
        return {"per_second": timer.per_second() * CALLERS}


def bare_insert(address: str) -> Figures:
    from saraban.contracts.commit import GENESIS_HASH, Head, seal
    from saraban.engines.event_store.mongo import MongoEventStore
    from saraban.engines.event_store.mongo.documents import document
    from saraban.engines.mongo_database import MongoDatabase

    MongoEventStore(address).close()
    head, documents = Head(position=0, hash=GENESIS_HASH), []
    for draft in drafts(ENOUGH):
        one = seal(draft, head)
        head = Head(position=one.position, hash=one.hash)
        documents.append(document(one))
    with closing(MongoDatabase(address, "log")) as opened:
        timer = Timer([documents[start : start + CALLERS] for start in range(0, ENOUGH, CALLERS)])
        for batch in timer:
            opened.database["commits"].insert_many(batch)
        return {"per_second": timer.per_second() * CALLERS}


PARTS: dict[str, Callable[..., Figures]] = {
    "saraban": saraban,
    "saraban_batches": saraban_batches,
    "bare_insert": bare_insert,
}
CONTENDERS: dict[str, Callable[[str], Figures]] = {
    "saraban": one_process("saraban"),
    "saraban_two": two_processes,
    "saraban_batches": one_process("saraban_batches"),
    "bare_insert": one_process("bare_insert"),
}

if __name__ == "__main__":
    main()
