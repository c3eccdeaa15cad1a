from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = ROOT / "saraban" / "contracts" / "shapes.py"


def test_nothing_is_read_into_a_class_that_threads_could_meet_at_unprepared():
    sources = [path for room in ("saraban", "services", "portal") for path in (ROOT / room).rglob("*.py")]

    bare = {str(path.relative_to(ROOT)) for path in sources if re.search(r"\bmsgspec\.convert\(", path.read_text())}

    assert bare == {str(HOME.relative_to(ROOT))}
