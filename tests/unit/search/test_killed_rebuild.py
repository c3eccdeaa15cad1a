"""A process that is killed in the middle of a rebuild leaves the old index live."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

from saraban.engines.search_index.tantivy import TantivySearchIndex
from saraban.engines.views.sqlite import SqliteViews
from saraban.thai.analysis import FIELDS
from services.search.handlers import check_index, compare_index, rebuild_index
from tests.unit.search.office import Office
from tests.unit.search.rebuilding import Door


def office_in(folder: Path) -> Office:
    return Office(views=SqliteViews(folder / "search.db"), index=TantivySearchIndex(folder / "index", FIELDS))


def killed_in_the_middle(folder: Path) -> None:
    office = office_in(folder)
    check_index(office.desk)
    for at in range(20):
        office.arrive(f"l{at:02d}")
    office.work()
    door = Door(lambda: os.kill(os.getpid(), signal.SIGKILL))
    rebuild_index(replace(office.desk, indexing=door))


def test_after_a_kill_the_old_letters_are_found_and_the_rebuild_is_begun_anew(tmp_path):
    killed = multiprocessing.get_context("spawn").Process(target=killed_in_the_middle, args=(tmp_path,))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL

    office = office_in(tmp_path)
    check_index(office.desk)
    before = len(office.found("อุทกภัย"))
    done = rebuild_index(office.desk)

    assert (before, done) == (20, True)
    assert len(office.found("อุทกภัย")) == 20
    assert compare_index(office.desk).alike
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 1
    office.index.close()
    office.views.close()
