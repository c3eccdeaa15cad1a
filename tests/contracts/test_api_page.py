from __future__ import annotations

import re
from pathlib import Path

from portal.api.house.problems import problem_kinds
from portal.app import create_app
from portal.reference import INTRODUCTION, api_page
from saraban.settings import Settings
from tests.unit.portal.fakes import FakeFiles, RecordingServices

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def test_the_page_about_the_api_tells_what_the_code_says():
    assert PAGE.read_text() == api_page(), "run `make docs`"


def test_every_address_in_the_introduction_exists():
    app = create_app(RecordingServices(), Settings(), FakeFiles())
    addresses = app.url_map.bind("localhost")

    named = re.findall(r"\$SARABAN/([^\"\s?]+)", INTRODUCTION.read_text())

    assert len(named) >= 7
    for address in named:
        place = f"/api/v1/{address}".replace("9f86…", "a" * 64).replace("01a2…", "l1")
        assert any(addresses.test(place, method) for method in ("GET", "POST")), address


def test_every_code_in_the_introduction_exists():
    codes = {kind["code"] for kind in problem_kinds()}

    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", INTRODUCTION.read_text())) - {"openapi.json"}

    assert named == {"command.other_content"}
    assert named <= codes
