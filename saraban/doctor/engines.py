"""Engines: each is opened and asked what only a sound one answers; servers are asked for the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from saraban import wiring
from saraban.audit.chain import verify_newest
from saraban.contracts.errors import SarabanError
from saraban.doctor.findings import Finding, well, wrong
from saraban.engines.clocks import server_time
from saraban.engines.sqlite_file import lacking
from saraban.health.needs import NOBODY
from saraban.settings import Settings

SKEW_SECONDS = 5.0
NEWEST = 1000
"""Commits whose chain is proved; `saraban audit verify` proves all."""


def look(settings: Settings, *, running_here: bool) -> Iterator[Finding]:
    """Whether every engine answers and keeps its promises. An index that a running system has open in this folder is
    left to that system."""
    yield from _asked("log", settings.log, lambda: _newest(settings))
    yield from _asked("views", settings.views, lambda: _views(settings))
    yield from _asked("objects", settings.objects, lambda: _objects(settings))
    if not (running_here and settings.index.startswith("tantivy:")):
        yield from _asked("index", settings.index, lambda: _index(settings))
    yield from _durable(settings)


def look_at_clocks(settings: Settings) -> Iterator[Finding]:
    """Whether the servers' clocks agree with ours."""
    for name in ("log", "objects", "index"):
        yield from _clock(name, getattr(settings, name))


def _asked(name: str, url: str, ask: Callable[[], Finding | None]) -> Iterator[Finding]:
    scheme = url.partition(":")[0]
    try:
        found = ask()
    except SarabanError as error:
        said = (f"{scheme}: {error.message_th}", f"{scheme}: {error.message_en}")
        yield wrong(
            name,
            said,
            ("ตรวจว่าเซิร์ฟเวอร์ทำงานและการตั้งค่าถูก", f"See that it runs and that SARABAN_{name.upper()} is right."),
        )
    except OSError as error:
        kind = type(error).__name__
        yield wrong(
            name,
            (f"{scheme}: เปิดไม่ได้ ({kind})", f"{scheme}: cannot be opened ({kind})."),
            ("ตรวจสิทธิ์และเครือข่าย", "Look at rights and network."),
        )
    else:
        yield found or well(name, f"{scheme} ตอบ", f"{scheme} answers.")


def _newest(settings: Settings) -> Finding | None:
    with closing(wiring.event_store(settings)) as store:
        verdict = verify_newest(store, NEWEST)
    if verdict.finding is None:
        return well(
            "log",
            f"บันทึกต่อเนื่องถูกต้องถึงรายการที่ {verdict.checked}",
            f"The log has its guards, and its newest commits are sound up to position {verdict.checked}.",
        )
    return wrong(
        "log",
        (f"รายการที่ {verdict.wrong_at}: {verdict.finding.th}", f"Position {verdict.wrong_at}: {verdict.finding.en}"),
        ("หยุดระบบ รัน saraban audit verify แล้วนำข้อมูลสำรองกลับมา", "Stop, run saraban audit verify, restore a backup."),
    )


def _views(settings: Settings) -> None:
    with closing(wiring.views(settings, "registry")) as views:
        views.position()


def _objects(settings: Settings) -> None:
    wiring.object_store(settings).stat(NOBODY)


def _index(settings: Settings) -> None:
    with closing(wiring.search_index(settings)) as index:
        index.versions(["nobody"])


def _durable(settings: Settings) -> Iterator[Finding]:
    named: dict[str, Any] = {"log": (settings.log, "log.db"), "views": (settings.views, "registry.db")}
    for name, (url, file) in named.items():
        path: Path = settings.data_folder / file
        if url.startswith("sqlite:") and path.exists() and (missing := lacking(path)):
            yield wrong(
                name,
                (f"{file} ไม่รับประกันการบันทึก: {missing}", f"{file} does not keep what was written: {missing}."),
                (
                    "ย้ายโฟลเดอร์ไปดิสก์ของเครื่อง ไม่ใช่เครือข่าย",
                    "Put the data folder on a disk of this machine, not a network share.",
                ),
            )


def _clock(name: str, url: str) -> Iterator[Finding]:
    try:
        there = server_time(url)
    except (SarabanError, OSError):
        return  # that it does not answer is told where it is opened
    skew = abs((datetime.now(UTC) - there).total_seconds()) if there else 0.0
    if skew > SKEW_SECONDS:
        yield wrong(
            "clock",
            (
                f"นาฬิกาของ {name} ต่างจากเครื่องนี้ {skew:.0f} วินาที",
                f"The clock of the server of {name} is {skew:.0f} s away from ours.",
            ),
            ("ตั้งเวลาทุกเครื่องด้วย NTP", "Set the clocks of all machines by NTP."),
        )
