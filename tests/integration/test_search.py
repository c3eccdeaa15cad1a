"""Finding letters in the whole running house, also after the worst."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from saraban.engines.views.sqlite import SqliteViews
from saraban.thai import analysis
from services.search.progress import INDEX, STATE
from tests.house import Client, House, until
from tests.unit.search.documents import PDF, pdf, scan

pytestmark = pytest.mark.slow

LINES = ["เรียน เลขาธิการคุรุสภา", "ด้วยเกิดน้ำท่วมฉับพลันในเขตองค์การบริหารส่วนตำบลหลายแห่ง"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(Path(tmp_path_factory.mktemp("search")) / "data", demo=True) as house:
        yield house


@pytest.fixture(scope="module")
def tokens(house: House) -> dict[str, str]:
    return {login: house.token(login) for login in ("somsri", "kanya")}


def receive(client: Client, content: bytes, subject: str, number: str) -> dict[str, Any]:
    stored = client.did("POST", f"/files?name={quote('หนังสือ.pdf')}", content, headers={"Content-Type": PDF})
    file = {name: stored[name] for name in ("sha256", "name", "media_type", "size")}
    particulars = {"subject": subject, "number": number, "dated": "20 พ.ย. 2569", "sender": "กรมอุตุนิยมวิทยา"}
    received: dict[str, Any] = client.did("POST", "/letters", {"particulars": particulars, "files": [file]})
    return received


def found(client: Client, words: str) -> list[str]:
    hits = client.did("GET", f"/search?q={quote(words)}")["hits"]
    return [hit["letter_id"] for hit in hits]


def test_a_letter_is_found_by_words_inside_its_pdf_and_survives_the_worst(house, tokens):
    clerk = house.client(tokens["somsri"])
    letter_id = receive(clerk, pdf(LINES), "ขอความอนุเคราะห์", "ทส ๐๔๐๐๙/ว ๑๒๓๔")["letter_id"]

    until(lambda: found(clerk, "ท่วมฉับพลันในเขตองค์การ")[:1] == [letter_id])
    assert found(clerk, "ทส 04009/ว1234")[0] == letter_id
    assert letter_id not in found(house.client(tokens["kanya"]), "น้ำท่วมฉับพลัน")

    house.kill()
    house.start()
    assert letter_id in found(house.client(tokens["somsri"]), "น้ำท่วมฉับพลัน")

    house.kill()
    shutil.rmtree(house.folder / "index")
    house.start()
    clerk = house.client(tokens["somsri"])
    until(lambda: letter_id in found(clerk, "น้ำท่วมฉับพลัน"))


def test_an_officer_finds_at_once_what_they_just_received_though_it_is_a_scan(house, tokens):
    clerk = house.client(tokens["somsri"])

    received = receive(clerk, scan(), "หนังสือสแกนฉบับพิเศษ", "ทส ๐๔๐๐๙/๙๙")
    answer = clerk.did("GET", f"/search?q={quote('สแกนฉบับพิเศษ')}&after={received['position']}")

    assert [hit["letter_id"] for hit in answer["hits"]][:1] == [received["letter_id"]]
    until(lambda: clerk.did("GET", f"/search?q={quote('สแกนฉบับพิเศษ')}")["hits"][0]["flags"] == ["no_text"])


def test_officers_find_their_letters_while_the_index_is_made_anew_and_after_it(house, tokens):
    clerk = house.client(tokens["somsri"])
    received = receive(clerk, pdf(LINES), "ขอเชิญประชุมแผนรับน้ำหลาก", "ทส ๐๔๐๐๙/๑๐๐")
    clerk.did("GET", f"/search?q={quote('แผนรับน้ำหลาก')}&after={received['position']}")
    live = (house.folder / "index" / "live").read_text()

    replaying = house.begin("replay", "search", "--json")
    while replaying.poll() is None:
        assert received["letter_id"] in found(clerk, "แผนรับน้ำหลาก")

    [told] = json.loads(replaying.communicate()[0])
    assert told["alike"], told
    assert told["index"]["adopted"]
    assert (house.folder / "index" / "live").read_text() != live
    assert received["letter_id"] in found(clerk, "แผนรับน้ำหลาก")
    assert house.told("replay", "search", "--check")[0]["index"]["alike"]


def test_an_index_that_another_release_made_is_made_anew_after_the_start(house):
    house.stop()
    live = (house.folder / "index" / "live").read_text()
    views = SqliteViews(house.folder / "search.db")
    views.put_record(STATE, INDEX, {**views.record(STATE, INDEX), "analysis": analysis.VERSION - 1})
    views.close()

    house.start()

    clerk = house.client(house.token("somsri"))
    assert found(clerk, "น้ำท่วมฉับพลัน")
    until(lambda: (house.folder / "index" / "live").read_text() != live)
    assert found(clerk, "น้ำท่วมฉับพลัน")
