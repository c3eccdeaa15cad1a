"""Starting and stopping: what an operator meets on the first day."""

from __future__ import annotations

import json
import signal
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from saraban.thai.dates import bangkok
from tests.house import House

pytestmark = pytest.mark.slow


def test_a_second_start_keeps_the_data_and_sets_nothing_up_again(tmp_path: Path):
    house = House(tmp_path / "data")
    with house:
        before = house.told("register", "print", "receive", "--as", "somsri")
        assert house.stop() == 0
        house.start()

        after = house.told("register", "print", "receive", "--as", "somsri")

    assert len(before) == 20
    assert after == before


def test_a_start_that_was_killed_in_the_middle_of_the_demo_is_gone_on_with(tmp_path: Path):
    house = House(tmp_path / "data")
    (tmp_path / "data").mkdir()
    with house:
        pass
    (tmp_path / "data" / "demo-unfinished").write_text(bangkok(datetime.now(UTC)).date().isoformat())
    first = House(tmp_path / "again")
    with first:
        first.kill()

    with house:
        letters = house.told("register", "print", "receive", "--as", "somsri")

    assert [row["number"] for row in letters] == list(range(1, 21))


def test_ctrl_c_drains_and_stops(tmp_path: Path):
    with House(tmp_path / "data", demo=False) as house:
        assert house.process is not None
        house.process.send_signal(signal.SIGINT)

        assert house.process.wait(timeout=30) == 0
        assert not (tmp_path / "data" / "operator.sock").exists()
        assert "Traceback" not in house.journal()


def test_a_taken_port_is_told_clearly(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        house = House(tmp_path / "data", demo=False, port=taken.getsockname()[1])

        refused = house.command("serve", "--json")

    assert refused.returncode == 2
    told = json.loads(refused.stderr.splitlines()[-1])
    assert told["code"] == "port.taken"
    assert "Traceback" not in refused.stderr
    assert str(house.port) in told["th"]


def test_a_data_folder_in_use_is_told_clearly(tmp_path: Path):
    with House(tmp_path / "data", demo=False) as house:
        second = House(tmp_path / "data", demo=False)

        refused = second.command("serve", "--json")

        assert house.process is not None
        told = json.loads(refused.stderr.splitlines()[-1])
        assert (refused.returncode, told["code"]) == (2, "store.in_use")
        assert told["detail"]["pid"] == str(house.process.pid)
