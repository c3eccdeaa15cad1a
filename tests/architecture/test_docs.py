from __future__ import annotations

from pathlib import Path

import pytest

from saraban.commands.docs import events_page, settings_page

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("page", "made"), [("settings.md", settings_page), ("events.md", events_page)])
def test_the_generated_page_tells_what_the_code_says(page, made):
    assert (ROOT / "docs" / page).read_text() == made(), "run `make docs`"
