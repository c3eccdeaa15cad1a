"""`make bench`: run every measurement one after the other (or those named) and write docs/performance.md."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from saraban.thai.dates import bangkok, format_long

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
BENCHES = ("appends", "house", "circular", "search_index", "mail")

Row = tuple[str, str, str, bool | None]
"""(what, measured, budget, met)."""


def main() -> None:
    figures = {name: run(name) for name in sys.argv[1:] or BENCHES}
    PAGE.write_text(page(figures))
    print(json.dumps(figures, indent=2))


def run(name: str) -> Any:
    print(f"measuring: {name}", file=sys.stderr)
    command = [sys.executable, "-W", "ignore", "-m", f"tests.bench.{name}"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def page(figures: dict[str, Any]) -> str:
    day = format_long(bangkok(datetime.now(UTC)).date(), thai_numerals=False)
    told = {"house": house_rows, "appends": log_rows, "circular": circular_rows, "search_index": search_rows}
    told["mail"] = mail_rows
    rows = [row for name, rows_of in told.items() if name in figures for row in rows_of(figures[name])]
    table = [f"| {what} | {got} | {budget} | {verdict(met)} |" for what, got, budget, met in rows]
    return "\n".join(
        [
            "# Performance",
            "",
            f"Measured by `make bench` on {day} on {machine()}. Everything runs on this one machine: the system in one",
            "process, and beside it, on the same cores, the clients that load it. No test asserts these figures.",
            "",
            "| what | measured | budget | |",
            "|---|---|---|---|",
            *table,
            "",
            NOTES,
            "## All figures",
            "",
            "```json",
            json.dumps(figures, indent=1, ensure_ascii=False),
            "```",
            "",
        ]
    )


NOTES = """\
The ratios stand for a comparison within the same run: `eventsourcing` is that library's own SQLite recorder with the
same durability; the bare insert is `executemany` in transactions of 64 ready-made rows that reads nothing and is woken
by nobody. What lies between the log and the bare insert is the hashing, the look for earlier command ids and stream
versions, and the waking of 64 callers; the store alone, given 64 drafts at a time, shows how much is waking.
"""


def house_rows(house: dict[str, Any]) -> list[Row]:
    load = house["registering"]
    rate, p99 = load["letters_per_second"], load["p99_ms"]
    found, inbox = house["searchable_seconds"], house["inbox_seconds"]
    memory = house["rss_mb_after_registering"]
    return [
        ("letters registered over HTTP, 16 clients, durable", f"{rate}/s", "≥ 300/s", rate >= 300),
        ("… time of one, p50 / p99", f"{load['p50_ms']} / {p99} ms", "p99 < 100 ms", p99 < 100),
        ("text PDF: upload to found by a word in it", f"{max(found)} s", "< 2 s", max(found) < 2),
        ("circulated to seen in the inbox", f"{max(inbox) * 1000:.0f} ms", "within a second", max(inbox) < 1),
        ("process start to ready, demo already there", f"{house['start']} s", "< 3 s", house["start"] < 3),
        ("processor when idle", f"{house['idle_cpu']} % of a core", "< 2 %", house["idle_cpu"] < 2),
        ("memory (RSS) idle / after the load", f"{house['rss_mb_idle']} / {memory} MB", "< 400 MB", memory < 400),
    ]


def log_rows(appends: dict[str, Any]) -> list[Row]:
    rate = appends["saraban"]["per_second"]
    library = rate / appends["eventsourcing"]["per_second"]
    bare = rate / appends["bare_insert"]["per_second"]
    alone = appends["saraban_batches"]["per_second"] / appends["bare_insert"]["per_second"]
    return [
        ("log on SQLite, 64 callers, one event a commit", f"{rate:.0f} commits/s", "≥ 3,000/s", rate >= 3000),
        ("… against the `eventsourcing` library", f"{library:.1f} ×", "≥ 5 ×", library >= 5),
        ("… against a bare batched insert of the same rows", f"{bare:.0%}", "≥ 50 %", bare >= 0.5),
        ("… the store alone against the same", f"{alone:.0%}", "", None),
    ]


def circular_rows(figures: dict[str, Any]) -> list[Row]:
    circular, inbox = figures["circular"], figures["inbox"]["first_page_ms"]
    seconds = circular["seconds_until_in_every_inbox"]
    return [
        ("a circular to 10,000 officers, in every inbox", f"{seconds} s", "< 3 s", seconds < 3),
        ("an inbox page with 100,000 letters behind it, p95", f"{inbox['p95']} ms", "< 100 ms", inbox["p95"] < 100),
    ]


def search_rows(search: dict[str, Any]) -> list[Row]:
    letters, spent = search["index"]["letters"], search["search"]["all"]["p95_ms"]
    return [(f"the index asked among {letters:,} letters, p95", f"{spent} ms", "< 100 ms of 100,000", None)]


def mail_rows(mail: dict[str, Any]) -> list[Row]:
    rate = mail["taken_in"]["per_second"]
    return [("mails taken in, understood and on the log", f"{rate}/s", "≥ 100/s", rate >= 100)]


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
