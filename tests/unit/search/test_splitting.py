from __future__ import annotations

import os
import signal
from dataclasses import replace

import pytest

from saraban.engines.search_index.memory import MemorySearchIndex
from saraban.thai.analysis import Wording, index_fields
from services.search.domain.file_text import FileText, Page
from services.search.handlers import index_changed, rebuild_index
from services.search.splitting import EACH, LOSSES, Splitting
from services.search.views import keep_text
from tests.builders import FLOOD
from tests.unit.search.office import Office

FLOODED = Wording(titles=["แจ้งเหตุอุทกภัย"], numbers=["ศธ ๐๔๐๐๙/๑"], texts=["น้ำท่วมโรงเรียนในจังหวัดน่าน"])
SCHOOLS = Wording(titles=["สำรวจโรงเรียน"], numbers=[], texts=["โรงเรียนขนาดเล็ก"])
BROKEN = Wording(titles=["\ud800"], numbers=[], texts=["ตัวอักษรที่เสียหาย"])


@pytest.fixture
def eager():
    """Gives everything to a child."""
    made = Splitting(much=0, children=1)
    yield made
    made.end()


def kill_children(going):
    for one in going._apprentices._at_work:
        if one is not None:
            os.kill(one.pid, signal.SIGKILL)


def test_a_child_splits_as_we_do(eager):
    split = eager.begin([FLOODED, SCHOOLS])

    assert split() == [index_fields(FLOODED), index_fields(SCHOOLS)]


def test_no_child_is_started_for_a_few_letters():
    going = Splitting(children=1)

    split = going.begin([FLOODED] * 200)

    assert split() == [None] * 200
    assert going._apprentices._at_work == [None]


def test_children_do_the_rest_when_many_batches_have_come():
    going = Splitting(much=2 * (EACH + len(FLOODED.texts[0])), children=1)

    first, second = going.begin([FLOODED]), going.begin([FLOODED])

    assert first() == [None]
    assert second() == [index_fields(FLOODED)]
    going.end()


def test_what_a_killed_child_had_in_hand_is_split_here_and_the_next_by_another_child(eager):
    eager.begin([SCHOOLS])()
    kill_children(eager)

    lost = eager.begin([FLOODED])()
    after = eager.begin([SCHOOLS])()

    assert lost == [None]
    assert after == [index_fields(SCHOOLS)]


def test_children_that_die_again_and_again_are_not_called_any_more(eager):
    for _ in range(LOSSES):
        eager.begin([SCHOOLS])
        kill_children(eager)
        eager.begin([SCHOOLS])()

    assert eager.begin([SCHOOLS])() == [None]
    assert eager._apprentices._at_work == [None]


def test_a_text_that_no_child_can_be_told_is_split_here(eager):
    assert eager.begin([FLOODED, BROKEN])() == [None, None]
    assert eager.begin([FLOODED])() == [index_fields(FLOODED)]


class Grim(Splitting):
    """Its child is killed in the middle of each second batch."""

    def __init__(self):
        super().__init__(much=0, children=1)
        self.begun = 0

    def begin(self, wordings):
        split = super().begin(wordings)
        self.begun += 1
        if self.begun % 2 == 0:
            kill_children(self)
        return split


def office_with_letters(count):
    office = Office(index=MemorySearchIndex())
    for at in range(count):
        office.arrive(f"l{at:03d}")
    office.desk.follower.sweep()
    return office


@pytest.mark.parametrize("kind", [lambda: Splitting(much=0, children=1), lambda: Splitting(much=0, children=2), Grim])
def test_the_index_is_the_same_whoever_splits_and_whoever_is_killed(kind):
    office = office_with_letters(450)
    office.arrive("strange", replace(FLOOD, dated="2026-13-45"))
    office.desk.follower.sweep()

    done = index_changed(replace(office.desk, split=kind))

    here = office_with_letters(450)
    index_changed(here.desk)
    assert done == 451
    assert list(office.index.held()) == list(here.index.held())
    assert {key: one.fields for key, one in office.index._entries.items()} == {
        key: one.fields for key, one in here.index._entries.items()
    }


def test_the_words_of_files_are_found_after_a_rebuild_by_children():
    office = Office()
    file = office.store(b"a", "text/plain")
    office.arrive(files=[file])
    office.desk.follower.sweep()
    keep_text(office.views, FileText(sha256=file.sha256, pages=(Page(text="พายุโซนร้อน"),)))

    done = rebuild_index(replace(office.desk, split=lambda: Splitting(much=0, children=1)))

    assert done
    assert office.found("พายุ") == ["flood"]


def test_a_rebuild_that_is_stopped_between_two_batches_is_not_swapped_in():
    office = office_with_letters(120)
    index_changed(office.desk)
    live = office.index._entries

    class Stopping(Splitting):
        def begin(self, wordings):
            office.desk.stopping.set()
            return super().begin(wordings)

    done = rebuild_index(replace(office.desk, split=Stopping))

    assert not done
    assert office.index._entries is live
    assert len(live) == 120
