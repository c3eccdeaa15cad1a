"""Whether everything that happened is there, once, in order, and every view tells it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from tests.chaos.load import Caller, Load
from tests.house import Client, until
from tests.integration.test_killed import SERVICES, check_mails, check_numbers, kind_of, sent_mails
from tests.town import Town

QUIET_SECONDS = 240.0
"""A mail that a killed process was sending is taken up by another after two minutes."""


def verdict(town: Town, load: Load, before: int) -> dict[str, str]:
    """Check → `sound`, or what is wrong. `before` is how many receive numbers there were before the load."""
    rounds, clerk = load.rounds, load.officers()["somsri"]
    checks: dict[str, Callable[[], None]] = {
        "no client gave up": lambda: _same(load.failures, []),
        "all mails taken in and answered": lambda: _settle(town, clerk, rounds),
        "numbers 1..n, each once": lambda: check_numbers(town, before, rounds),
        "no mail twice": lambda: check_mails(town, rounds),
        "commits in order, chain unbroken": lambda: _commanded(town, "audit", "verify"),
        "every view equals its rebuild": lambda: _commanded(town, "replay", *SERVICES, "--check"),
        "nothing parked": lambda: _same(town.told("parked", "list"), []),
        "no letter without its file": lambda: _files(town, rounds),
        "every letter is found": lambda: _found(clerk, rounds),
    }
    return {name: _outcome(check) for name, check in checks.items()}


def _outcome(check: Callable[[], None]) -> str:
    try:
        check()
    except AssertionError as error:
        return f"WRONG: {str(error)[:2000]}"
    return "sound"


def _same(seen: object, wanted: object) -> None:
    assert seen == wanted, seen


def _settle(town: Town, clerk: Caller, rounds: int) -> None:
    until(lambda: _counts(town, clerk, rounds) == (rounds, rounds, rounds), QUIET_SECONDS)


def _counts(town: Town, clerk: Caller, rounds: int) -> tuple[int, int, int]:
    invited = sum(row["subject"].startswith("ขอเชิญประชุมครั้งที่") for row in _tray(clerk))
    out = Counter(kind_of(mail) for mail in sent_mails(town))
    return invited, out["reply"], out["receipt"]


def _tray(clerk: Caller) -> Iterator[dict[str, Any]]:
    more = ""
    while True:
        page = clerk.did("GET", f"/letters?which=tray&limit=100{more}", key="-")
        yield from page["rows"]
        if page["next"] is None:
            return
        more = f"&continue_from={quote(page['next'])}"


def _commanded(town: Town, *words: str) -> None:
    done = town.command(*words)
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-1500:]


def _files(town: Town, rounds: int) -> None:
    """Each round's letter answers its PDF with the bytes that its hash promises."""
    client = Client(next(town.portals()), town.token("somsri"))
    checked = 0
    for row in town.told("register", "print", "receive", "--as", "somsri"):
        if not (row["subject"] or "").startswith("น้ำท่วมโรงเรียน รอบ "):
            continue
        (file,) = client.did("GET", f"/letters/{row['letter_id']}")["files"]
        status, content = client.ask("GET", f"/letters/{row['letter_id']}/files/{file['sha256']}")
        assert status == 200, (row, status)
        assert hashlib.sha256(content).hexdigest() == file["sha256"], row
        checked += 1
    client.close()
    assert checked == rounds


def _found(clerk: Caller, rounds: int) -> None:
    """Each round's letter is found by its number."""
    for number in range(rounds):
        until(lambda number=number: _hits(clerk, f"ศธ ๐๔๐๐๙/{number}"), 60.0)


def _hits(clerk: Caller, words: str) -> list[Any]:
    found: list[Any] = clerk.did("GET", f"/search?q={quote(words)}", key="-")["hits"]
    return found
