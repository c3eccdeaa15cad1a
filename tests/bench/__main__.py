"""`make bench` and `make bench-servers`: run measurements one after the other and write docs/performance.md. What was
not measured this time stays as it stood there. Single ones by name: `python -m tests.bench house town:1000:20000`."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from saraban.thai.dates import bangkok, format_long

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
ONE_MACHINE = ("appends", "house", "circular", "search_index", "mail")
SERVERS = ("appends_mongo", "town", "reindex")
FIGURES = re.compile(r"```json\n(.*?)\n```", re.DOTALL)

Row = tuple[str, str, str, bool | None]
"""(what, measured, budget, met)."""


def main() -> None:
    asked = sys.argv[1:] or list(ONE_MACHINE)
    for one in [*SERVERS] if asked == ["servers"] else asked:
        name, *more = one.split(":")
        figures = {**known(), name: {"measured": today(), **run(name, more)}}
        PAGE.write_text(page(figures))
        print(json.dumps({name: figures[name]}, indent=2))


def known() -> dict[str, Any]:
    """The figures that stand on the page."""
    found = FIGURES.search(PAGE.read_text()) if PAGE.exists() else None
    figures: dict[str, Any] = json.loads(found[1]) if found else {}
    return figures


def today() -> str:
    return bangkok(datetime.now(UTC)).date().isoformat()


def run(name: str, more: list[str]) -> Any:
    print(f"measuring: {name}", *more, file=sys.stderr)
    command = [sys.executable, "-W", "ignore", "-m", f"tests.bench.{name}", *more]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def page(figures: dict[str, Any]) -> str:
    return "\n".join(
        [
            "# Performance",
            "",
            f"Measured on {machine()}. Everything runs on this one machine: the system, the servers it stands on, and the",
            "clients that load it, on the same cores. No test asserts these figures.",
            "",
            "## One process, embedded engines (`make bench`)",
            "",
            *table(figures, EMBEDDED),
            "",
            NOTES,
            "## A process for each service, real servers (`make bench-servers`)",
            "",
            *table(figures, ON_SERVERS),
            "",
            SERVER_NOTES,
            "## All figures",
            "",
            "```json",
            json.dumps(figures, indent=1, ensure_ascii=False),
            "```",
            "",
        ]
    )


def table(figures: dict[str, Any], told: dict[str, Callable[[dict[str, Any]], list[Row]]]) -> list[str]:
    rows = [
        (*row, format_long(date.fromisoformat(figures[name]["measured"]), thai_numerals=False))
        for name, rows_of in told.items()
        if name in figures
        for row in rows_of(figures[name])
    ]
    lines = [f"| {what} | {got} | {budget} | {verdict(met)} | {day} |" for what, got, budget, met, day in rows]
    return ["| what | measured | budget | | on |", "|---|---|---|---|---|", *lines]


NOTES = """\
The ratios stand for a comparison within the same run: `eventsourcing` is that library's own SQLite recorder with the
same durability; the bare insert is `executemany` in transactions of 64 ready-made rows that reads nothing and is woken
by nobody, into a file as SQLite makes it, and into one with the log's larger pages: an arrived letter with its file is
some 1,000 bytes, and what does not fit a quarter of a page costs a page of its own. The log is measured through the registry's pen, as its command handlers use it: 64 callers whose commands
are decided, numbered, sealed into the hash chain and written, and who are woken. The store alone, given 64
drafts at a time, shows what the pen costs. `GET /me` is answered by the portal alone; what lies between it and a letter
is what receiving, the log, five followers and the index cost. Registering is measured three times, each way to the log seven times
once it has warmed up; the medians count, of the ratios those of the single rounds. All rounds of registering stand below.

What the figures hang on:

- The time of one letter: one process means one Python lock, which HTTP, five services that follow the log and the index
  share. Its p99 follows the speed of the machine, which is a guest on shared hardware and was seen to change by half.
- The log beside the bare insert with the same pages: of the time of a commit about a third goes into Python for the
  commit itself (deciding, JSON, SHA-256), a quarter into handing it over and waking its caller; the bare insert has
  neither. The disk is idle meanwhile. Writing one batch while the next is decided was tried, and is slower: the two
  threads fight for Python's lock, and a flush costs nearly the same for few as for many.
- Mails: each is a letter with files, taken in by intake, looked into by a child process, told to the log and acknowledged.
"""

SERVER_NOTES = """\
An arrow leads from a log with few letters to the same log with many, in one run. The letters have no files; all of them
are in the inbox of the one officer whose pages are measured. Registering and the circular do not depend on how many
letters there are: numbers are found by an index. An inbox page counts what waits, which stops at 10,000. A search
looks at every letter that holds one of its words.

More processes of the registry register slower here, not faster. There is one log, in which each commit follows the one
before: the letters of 16 clients come to it in more and smaller batches, a process that was overtaken decides its batch
once more, and all processes, the servers and the clients share two cores. A second process is there to go on when the
first is lost.
"""


def house_rows(house: dict[str, Any]) -> list[Row]:
    load = house["registering"]
    rate, p99 = load["letters_per_second"], load["p99_ms"]
    found, inbox = house["searchable_seconds"], house["inbox_seconds"]
    memory = house["rss_mb_after_registering"]
    greeted = house.get("greeting", {}).get("per_second")
    return [
        ("letters registered over HTTP, 16 clients, durable", f"{rate}/s", "≥ 300/s", rate >= 300),
        ("… time of one, p50 / p99", f"{load['p50_ms']} / {p99} ms", "p99 < 100 ms", p99 < 100),
        ("… against asking who one is, same clients", f"{rate / greeted:.0%}" if greeted else "", "", None),
        ("text PDF: upload to found by a word in it", f"{max(found)} s", "< 2 s", max(found) < 2),
        ("circulated to seen in the inbox", f"{max(inbox) * 1000:.0f} ms", "within a second", max(inbox) < 1),
        ("process start to ready, demo already there", f"{house['start']} s", "< 3 s", house["start"] < 3),
        ("processor when idle", f"{house['idle_cpu']} % of a core", "< 2 %", house["idle_cpu"] < 2),
        ("memory (RSS) idle / after the load", f"{house['rss_mb_idle']} / {memory} MB", "< 400 MB", memory < 400),
    ]


def log_rows(appends: dict[str, Any]) -> list[Row]:
    rate, ratios = appends["saraban"]["per_second"], appends["ratios"]
    library, bare = ratios["saraban_to_eventsourcing"], ratios["saraban_to_bare_insert"]
    same_pages, alone = ratios["saraban_to_bare_same_pages"], ratios["saraban_batches_to_bare_same_pages"]
    return [
        ("log on SQLite, 64 callers, one event a commit", f"{rate:.0f} commits/s", "≥ 3,000/s", rate >= 3000),
        ("… against the `eventsourcing` library", f"{library:.1f} ×", "≥ 5 ×", library >= 5),
        ("… against a bare batched insert of the same rows", f"{bare:.0%}", "≥ 50 %", bare >= 0.5),
        ("… against the same into a file with pages as large as the log's", f"{same_pages:.0%}", "", None),
        ("… the store alone against that", f"{alone:.0%}", "", None),
    ]


def circular_rows(figures: dict[str, Any]) -> list[Row]:
    circular, inbox = figures["circular"], figures["inbox"]["first_page_ms"]
    seconds, behind = circular["seconds_until_in_every_inbox"], figures["inbox"]["letters_behind_it"]
    return [
        (f"a circular to {circular['readers']:,} officers, in every inbox", f"{seconds} s", "< 3 s", seconds < 3),
        (f"an inbox page with {behind:,} letters behind it, p95", f"{inbox['p95']} ms", "< 100 ms", inbox["p95"] < 100),
    ]


def search_rows(search: dict[str, Any]) -> list[Row]:
    letters, spent = search["index"]["letters"], search["search"]["all"]["p95_ms"]
    met = spent < 100 if letters >= 100_000 else None
    return [(f"the index asked among {letters:,} letters, p95", f"{spent} ms", "< 100 ms of 100,000", met)]


def mail_rows(mail: dict[str, Any]) -> list[Row]:
    rate = mail["taken_in"]["per_second"]
    return [("mails taken in, understood and on the log", f"{rate}/s", "≥ 100/s", rate >= 100)]


def mongo_rows(figures: dict[str, Any]) -> list[Row]:
    ratios = figures["ratios"]
    rows = []
    for name, who in (("saraban", "one registry"), ("saraban_two", "two registries")):
        rate, ratio = figures[name]["per_second"], ratios[f"{name}_to_bare_insert"]
        rows.append((f"log on MongoDB, 64 callers of {who}", f"{rate:.0f} commits/s", "≥ 3,000/s", rate >= 3000))
        rows.append(("… against a bare batched insert of the same documents", f"{ratio:.0%}", "≥ 50 %", ratio >= 0.5))
    return rows


def town_rows(town: dict[str, Any]) -> list[Row]:
    """One row a measurement: with the fewest letters in the log → with the most. The budget is held against the most."""
    growth = town["growth"]
    rows: list[Row] = [
        ("letters in the log, 10,000 officers", arrow(growth, lambda one: f"{one['letters']:,}"), "", None)
    ]
    for wanted in growth[-1]["registries"]:
        got = arrow(growth, lambda one, wanted=wanted: one["registries"][wanted]["letters_per_second"])
        rows.append((f"… registered over HTTP, 16 clients, {wanted} of the registry", f"{got} /s", "", None))
    for what, limit, unit, pick in GROWTH:
        got, most = arrow(growth, pick), pick(growth[-1])
        rows.append((f"… {what}", f"{got} {unit}", f"< {limit} {unit}", most < limit))
    held = min(growth[-1]["letters_per_second"].values())
    rows.append((f"… {growth[-1]['added']:,} taken into all views and the index", f"{held} /s", "", None))
    return rows


def arrow(growth: list[dict[str, Any]], pick: Callable[[dict[str, Any]], Any]) -> str:
    return " → ".join(f"{pick(one)}" for one in growth)


GROWTH: tuple[tuple[str, float, str, Callable[[dict[str, Any]], float]], ...] = (
    ("one circulated until seen in the inbox, p95", 1000, "ms", lambda one: one["knock_to_inbox_ms"]["p95"]),
    ("a page of an inbox that holds them all, p95", 100, "ms", lambda one: one["inbox_ms"]["p95"]),
    ("a clerk's search, p95", 100, "ms", lambda one: one["search_ms"]["clerk"]["p95"]),
    ("an officer's search, p95", 100, "ms", lambda one: one["search_ms"]["officer"]["p95"]),
    ("a search for what stands in them all, p95", 100, "ms", lambda one: one["search_ms"]["in_every_letter"]["p95"]),
    ("a circular in the inboxes of 10,000 officers", 3, "s", lambda one: one["circular"]["in_every_inbox_seconds"]),
)
"""What a budget is set for: name, budget, unit, and where it stands in the figures."""


def reindex_rows(figures: dict[str, Any]) -> list[Row]:
    rows = []
    for engine in ("tantivy", "opensearch"):
        rate, first = figures[engine]["letters_per_s"], figures[engine]["just_started"]["letters_per_s"]
        what = f"index made anew on {engine}, every word split again"
        budget = ("≥ 500/s", rate >= 500) if engine == "tantivy" else ("", None)
        rows.append((what, f"{rate}/s", *budget))
        rows.append(("… the first time after the start", f"{first}/s", "", None))
    return rows


EMBEDDED = {
    "house": house_rows,
    "appends": log_rows,
    "circular": circular_rows,
    "search_index": search_rows,
    "mail": mail_rows,
}
ON_SERVERS = {"appends_mongo": mongo_rows, "town": town_rows, "reindex": reindex_rows}


def verdict(met: bool | None) -> str:  # noqa: FBT001 - one of three words
    return {True: "met", False: "**not met**", None: ""}[met]


def machine() -> str:
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GiB, {platform.system()} {platform.release()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
