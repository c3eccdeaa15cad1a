"""A full disk is told clearly, leaves nothing half done, and work goes on when there is room again."""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import House

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")]

SIZE = 48_000_000
LETTER = {"particulars": {"subject": "น้ำท่วมโรงเรียน", "sender": "สพฐ."}, "files": []}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
    return filler


def test_work_goes_on_when_there_is_room_again(small_disk: Path):
    with House(small_disk / "data", demo=False) as house:
        set_up(house)
        client = house.client(house.token("clerk"))
        client.did("POST", "/letters", LETTER)
        filler = fill(small_disk)

        refused = [client.ask("POST", "/letters", LETTER, key=f"full-{number}") for number in range(60)]
        upload = client.ask("POST", "/files?name=a.txt", b"x" * 5_000_000, headers={"Content-Type": "text/plain"})
        filler.unlink()
        again = [client.did("POST", "/letters", LETTER, key=f"full-{number}") for number in range(60)]

        full = [answer for status, answer in refused if status == 503]
        assert full, "the disk never filled"
        assert {answer["code"] for answer in full} == {"store.full"}
        assert "เนื้อที่" in full[0]["th"]
        assert (upload[0], upload[1]["code"]) == (503, "store.full")
        assert [answer["number"] for answer in again] == list(range(2, 62))
        house.stop()
        assert house.command("audit", "verify").returncode == 0


def set_up(house: House) -> None:
    agency = {"name": "คุรุสภา", "short-name": "คุรุสภา", "code": "ศธ ๕๑๐๐", "address": "กรุงเทพฯ"}
    told = [word for field, value in agency.items() for word in (f"--{field}", value)]
    secret = uuid.uuid4().hex
    done = house.command(
        "init", *told, "--email", "ksp@saraban.mail.go.th", "--telephone", "๐ ๒๓๐๔ ๙๘๙๙", "--password", secret
    )
    assert done.returncode == 0, done.stderr
    added = house.command(
        "user", "add", "clerk", "--name", "สมศรี", "--title", "เจ้าพนักงานธุรการ", "--unit", "central",
        "--role", "registry_clerk", "--password", secret,
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
