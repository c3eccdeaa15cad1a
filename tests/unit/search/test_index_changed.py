from __future__ import annotations

from dataclasses import replace

from saraban.contracts.errors import Unavailable
from saraban.contracts.events import registry, routing
from saraban.engines.search_index.memory import MemorySearchIndex
from saraban.follow import replay
from saraban.follow.happened import decoded
from services.search.handlers import check_index, index_changed
from services.search.views import CHANGED
from tests.builders import FLOOD
from tests.unit.search.documents import PDF, pdf
from tests.unit.search.office import Office


class CountingIndex(MemorySearchIndex):
    def __init__(self):
        super().__init__()
        self.written = []

    def write(self, entries, *, at_once=True):
        made = list(entries)
        self.written += [entry.letter_id for entry in made]
        super().write(made)


def test_a_letter_is_indexed_once_for_each_change_of_its_words_or_audience():
    office = Office(index=CountingIndex())
    office.arrive()
    office.work()
    office.say_of("flood", routing.LetterRead(letter_id="flood", officer_id="somsri"))
    office.work()

    assert office.index.written == ["flood"]


def test_many_changed_letters_are_taken_in_the_order_of_the_log():
    office = Office(index=CountingIndex())
    for at in range(250):
        office.arrive(f"l{at:03d}")

    office.work()

    assert office.index.written == [f"l{at:03d}" for at in range(250)]


def test_after_a_crash_behind_the_index_the_last_letters_are_taken_once_more():
    office = Office()
    office.arrive()
    office.desk.follower.sweep()

    def crash(*_args, **_more):
        raise Unavailable({"what": "views"})

    put_record, office.views.put_record = office.views.put_record, crash
    try:
        index_changed(office.desk)
    except Unavailable:
        office.views.put_record = put_record
    index_changed(office.desk)

    assert office.found("อุทกภัย") == ["flood"]


def test_a_letter_that_comes_back_with_an_old_position_is_not_missed():
    office = Office()
    office.arrive("parked")
    office.arrive("later")
    [first, second] = office.log.read(0, 10)
    office.desk.follower.sweep()
    index_changed(office.desk)
    office.index.remove(["parked"])

    office._heed([decoded(first, first.events[0])])
    index_changed(office.desk)

    assert office.found("อุทกภัย") == ["later", "parked"]
    assert second.position == 2


def test_a_letter_that_cannot_be_indexed_does_not_stop_the_others():
    office = Office()
    office.arrive("strange", replace(FLOOD, dated="2026-13-45"))
    office.arrive()
    office.work()

    assert office.found("อุทกภัย") == ["flood"]


def test_an_emptied_index_is_filled_again():
    office = Office()
    office.arrive()
    office.work()
    office.index.adopt(office.index.beside())

    check_index(office.desk)
    index_changed(office.desk)

    assert office.found("อุทกภัย") == ["flood"]
    assert not office.desk.distrusted.is_set()


def test_an_index_that_is_right_is_left_alone():
    office = Office(index=CountingIndex())
    check_index(office.desk)
    office.arrive()
    office.work()

    check_index(office.desk)
    index_changed(office.desk)

    assert office.index.written == ["flood"]
    assert not office.desk.distrusted.is_set()


def test_a_corrected_subject_replaces_the_old_one():
    office = Office()
    office.arrive()
    office.work()
    office.say_of(
        "flood", registry.ParticularsCorrected(letter_id="flood", particulars=replace(FLOOD, subject="เรื่องใหม่"))
    )
    office.work()

    assert office.found("อุทกภัย") == []
    assert office.found("เรื่องใหม่") == ["flood"]


def test_views_rebuilt_from_the_log_are_equal():
    office = Office()
    office.letter_with(pdf(["น้ำท่วม"]), PDF)
    office.arrive("other")
    office.work()

    found = replay(office.desk.follower, check_only=True)

    assert found.alike
    assert office.views.count(CHANGED, "all", ["yes"]) == 2
