"""How fast the search service takes letters into an index, from its views with the texts of files to found, on each
engine: `python -m tests.bench.reindex [letters]` prints JSON. One page a letter; views on SQLite.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from saraban.broker.threads import SWITCH_SECONDS
from saraban.contracts.access import Audience
from saraban.contracts.letters import FileRef, Particulars
from saraban.engines.search_index.opensearch import Address, OpenSearchIndex
from saraban.engines.search_index.tantivy import TantivySearchIndex
from saraban.engines.views.sqlite import SqliteViews
from saraban.journal import journalled
from saraban.ports import IndexQuery, SearchIndex, Step
from saraban.thai.analysis import FIELDS, query_clauses
from services.search import views as room
from services.search.desk import Desk
from services.search.domain.file_text import FileText, Page
from services.search.domain.letter import Letter
from services.search.handlers import rebuild_index
from tests.bench.search_index import WORDS_PER_PAGE, Letters, number
from tests.servers import own_server

FIRST = datetime(2026, 1, 1, 2, tzinfo=UTC)
UNIT = "unit:1"


class Reached:
    """A follower that has followed everything."""

    def __init__(self, position: int) -> None:
        self.position = position


def measure(count: int) -> dict[str, object]:
    sys.setswitchinterval(SWITCH_SECONDS)  # as in the service's process
    with tempfile.TemporaryDirectory() as folder:
        views = SqliteViews(Path(folder) / "search.db")
        fill(views, count)
        figures = {
            name: reindexed(views, opened, Path(folder) / name, count)
            for name, opened in {"tantivy": on_tantivy, "opensearch": on_opensearch}.items()
        }
        views.close()
    return {"letters": count, **figures}


def fill(views: SqliteViews, count: int) -> None:
    letters, steps = Letters(), []
    for at in range(1, count + 1):
        sha256 = hashlib.sha256(str(at).encode()).hexdigest()
        room.keep_text(views, FileText(sha256=sha256, pages=(Page(text=letters.text(WORDS_PER_PAGE)),)))
        letter = made(letters, at, sha256)
        changes = (room._put_letter(letter), room._put_changed(letter.letter_id, at))
        steps.append(Step(stream=f"letter:{at}", was=0, to=1, changes=changes))
    views.apply(steps)


def made(letters: Letters, at: int, sha256: str) -> Letter:
    particulars = Particulars(subject=letters.text(8), number=number(at), sender="สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน")
    return Letter(
        letter_id=f"{at:022x}",
        direction="incoming",
        particulars=particulars,
        audience=Audience(keys=frozenset({"role:registry_clerk", UNIT}), secrecy=0),
        at=(FIRST + timedelta(minutes=at)).isoformat(),
        shown=f"{at}/2569",
        numbers=(f"{at}/2569",),
        files=(FileRef(sha256=sha256, name="หนังสือ.pdf", media_type="application/pdf", size=1),),
    )


def reindexed(
    views: SqliteViews, opened: Callable[[Path, ExitStack], SearchIndex], folder: Path, count: int
) -> dict[str, Any]:
    with ExitStack() as stack:
        index = opened(folder, stack)
        desk = Desk(views=views, follower=Reached(count), index=index, files=None, registry=None)
        first, second = rebuilt(desk, count), rebuilt(desk, count)
        everything = IndexQuery(clauses=query_clauses("ขั้นพื้นฐาน"), audience=[UNIT], clearance=0, limit=0)
        assert index.search(everything)[0] == count
    return {**second, "just_started": first}


def rebuilt(desk: Desk, count: int) -> dict[str, float]:
    """Nothing is kept from one time to the next: every word is split again. Only the processes are warm."""
    began, computed = time.perf_counter(), time.process_time()
    assert rebuild_index(desk)
    spent, own = time.perf_counter() - began, time.process_time() - computed
    return {"letters_per_s": round(count / spent), "cpu_ms_per_letter_here": round(own / count * 1000, 2)}


def on_tantivy(folder: Path, stack: ExitStack) -> SearchIndex:
    index = TantivySearchIndex(folder, FIELDS)
    stack.callback(index.close)
    return index


def on_opensearch(folder: Path, stack: ExitStack) -> SearchIndex:
    running = stack.enter_context(own_server("opensearch", folder))
    return OpenSearchIndex(replace(Address.read(running.address), prefix="bench"), FIELDS)


if __name__ == "__main__":
    with journalled():
        figures = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
    print(json.dumps(figures, indent=2))
