"""The `saraban` command on a system that runs and on one that does not."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.bench.house import text_pdf
from tests.house import House, until

pytestmark = pytest.mark.slow

SERVICES = ("intake", "registry", "routing", "search", "mail")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("house")


@pytest.fixture(scope="module")
def house(folder: Path):
    with House(folder / "data") as running:
        yield running


def test_a_letter_is_received_and_found(house: House, folder: Path):
    paper = folder / "น้ำท่วม.pdf"
    paper.write_bytes(text_pdf("โรงเรียนริมแม่น้ำสะแกกรังขอเลื่อนสอบ"))

    received = house.told(
        "letter", "receive", str(paper), "--subject", "ขอเลื่อนสอบ", "--dated", "20 พ.ย. 2569", "--as", "somsri"
    )

    assert received["shown"] == "21/2569"
    found = until(lambda: house.told("search", "สะแกกรัง", "--as", "somsri")["hits"])
    assert found[0]["letter_id"] == received["letter_id"]
    assert house.told("search", "สะแกกรัง", "--as", "nida")["total"] == 0


def test_a_wrong_day_is_refused_with_what_to_do(house: House):
    refused = house.command("letter", "receive", "--subject", "x", "--dated", "29 ก.พ. 2566", "--as", "somsri")

    assert refused.returncode == 2
    assert "กุมภาพันธ์" in refused.stderr


def test_mails_are_imported_one_by_one(house: House, folder: Path):
    good = folder / "good.eml"
    good.write_bytes(b"From: a@obec.go.th\r\nTo: ksp@saraban.mail.go.th\r\nSubject: hello\r\n\r\nbody")
    bad = folder / "bad.eml"
    bad.write_bytes(b"To: ksp@saraban.mail.go.th\r\nSubject: nobody\r\n\r\nbody")

    imported = house.command("mail", "import", str(good), str(bad), str(good))

    told = [json.loads(line) for line in imported.stdout.splitlines()]
    assert [one["became"] for one in told] == ["letter", "quarantine", "letter"], imported.stderr
    assert told[0]["letter_id"] == told[2]["letter_id"]


def test_units_and_officers_come_from_a_table(house: House, folder: Path):
    units, officers = folder / "units.csv", folder / "officers.csv"
    units.write_text("unit_id,name,short_name,code,parent_id\nwelfare,สำนักสวัสดิการ,สสก.,ศธ ๕๑๐๙,secretary\n")
    officers.write_text(
        "officer_id,login,name,title,unit_id,roles,clearance,password\n"
        "yupa,yupa,นางยุพา ใจดี,นักวิชาการ,welfare,officer,0,welcome-yupa\n"
    )

    imported = [house.command("org", "import", str(table)).returncode for table in (units, officers)]

    assert imported == [0, 0]
    client = house.client()
    signed_in = client.did("POST", "/sign-in", {"login": "yupa", "password": "welcome-yupa"})
    assert signed_in["actor"]["unit_id"] == "welfare"


def test_a_checkpoint_vouches_for_the_history_before_it(house: House, folder: Path):
    kept = folder / "checkpoint.json"
    kept.write_text(house.command("audit", "checkpoint").stdout)
    house.command("letter", "receive", "--subject", "หลังจุดรับรอง", "--as", "somsri")

    verdict = house.told("audit", "verify", "--against", str(kept))

    assert verdict["sound"]


def test_kept_checkpoints_vouch_for_the_log_whenever_it_is_verified(house: House):
    signed = json.loads(house.command("audit", "checkpoint", "--keep").stdout)

    verdict, chain_alone = house.told("audit", "verify"), house.told("audit", "verify", "--chain-only")

    assert (verdict["sound"], verdict["checkpoints"]) == (True, 1)
    assert chain_alone["checkpoints"] == 0
    assert (
        house.folder / f"objects/objects/ch/checkpoint-{signed['position']:012d}-{signed['signature'][:16]}"
    ).exists()


def test_views_are_rebuilt_beside_the_live_ones(house: House):
    rebuilt = house.told("replay", *SERVICES)

    assert [(one["service"], one["alike"]) for one in rebuilt] == [(name, True) for name in SERVICES]


def test_nothing_is_parked(house: House):
    assert house.told("parked", "list") == []


def test_a_changed_log_is_found(tmp_path: Path):
    house = House(tmp_path / "data")
    with house:
        house.stop()
    with sqlite3.connect(tmp_path / "data" / "log.db") as db:
        db.execute("UPDATE events SET data = replace(data, 'คุรุสภา', 'คุรุสถา') WHERE position = 1")
    db.close()

    verdict = house.command("audit", "verify", "--json")

    assert verdict.returncode == 1
    assert json.loads(verdict.stdout)["wrong_at"] == 1
