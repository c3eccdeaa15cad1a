"""The index is made anew beside the one in which officers find letters, and swapped in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saraban.claims import Claims
from saraban.contracts.errors import Unavailable
from saraban.contracts.events import registry
from saraban.engines.search_index.tantivy import TantivySearchIndex
from saraban.thai import analysis
from services.search.handlers import check_index, compare_index, index_changed, rebuild_index
from services.search.progress import progress
from tests.builders import FLOOD
from tests.unit.search.office import MONDAY, Office
from tests.unit.search.rebuilding import Counted, Door


class Watch:
    def now(self):
        return MONDAY


@pytest.fixture
def office():
    """One letter, indexed."""
    office = Office(index=Counted())
    check_index(office.desk)
    office.arrive()
    office.work()
    return office


def corrected(office, letter_id, subject):
    particulars = replace(FLOOD, subject=subject)
    office.say_of(letter_id, registry.ParticularsCorrected(letter_id=letter_id, particulars=particulars))


def stumbling():
    raise ZeroDivisionError


def rebuilt(office, meanwhile):
    """Rebuild the index; `meanwhile` happens when all letters were taken, before the swap."""
    return rebuild_index(replace(office.desk, indexing=Door(meanwhile)))


def restarted(office):
    """The service after a kill: the views and the index stay."""
    again = Office(log=office.log, views=office.views, index=office.index)
    again._numbers = office._numbers
    return again


def test_an_index_of_another_analysis_is_distrusted_and_serves_until_it_is_made_anew(office, monkeypatch):
    monkeypatch.setattr(analysis, "VERSION", analysis.VERSION + 1)
    found = []

    check_index(office.desk)
    distrusted = office.desk.distrusted.is_set()
    done = rebuilt(office, lambda: found.append(office.found("อุทกภัย")))

    assert (distrusted, done, found) == (True, True, [["flood"]])
    assert office.found("อุทกภัย") == ["flood"]
    check_index(office.desk)
    assert not office.desk.distrusted.is_set()


def test_an_index_that_lacks_the_newest_letter_is_made_anew(office):
    office.arrive("later")
    office.work()
    office.index.remove(["later"])

    check_index(office.desk)
    rebuild_index(office.desk)

    assert office.found("อุทกภัย") == ["later", "flood"]


def test_letters_that_come_and_change_during_a_rebuild_are_found_before_the_swap_and_after_it(office):
    before = []

    def meanwhile():
        office.arrive("new")
        corrected(office, "flood", "เรื่องใหม่")
        office.work()
        before.extend([office.found("อุทกภัย"), office.found("เรื่องใหม่")])

    rebuilt(office, meanwhile)

    assert before == [["new"], ["flood"]]
    assert [office.found("อุทกภัย"), office.found("เรื่องใหม่")] == before
    assert compare_index(office.desk).alike


def test_more_letters_than_a_batch_may_come_during_a_rebuild(office):
    def meanwhile():
        for at in range(450):
            office.arrive(f"l{at:03d}")
        office.work()

    rebuilt(office, meanwhile)

    assert compare_index(office.desk).letters == 451
    assert compare_index(office.desk).alike


def test_letters_whose_indexing_is_still_due_at_the_swap_are_in_the_new_index(office):
    def meanwhile():
        office.arrive("new")
        office.desk.follower.sweep()

    rebuilt(office, meanwhile)

    assert office.found("อุทกภัย") == ["new", "flood"]


def test_a_letter_that_comes_back_with_an_old_position_during_a_rebuild_is_not_missed(office):
    follower, arrived = office.desk.follower, office.desk.follower.projections["letter.arrived"]
    follower.projections["letter.arrived"] = lambda *given: stumbling() if "parked" in str(given) else arrived(*given)
    office.arrive("parked")
    office.arrive("later")
    office.work()

    def meanwhile():
        follower.projections["letter.arrived"] = arrived
        assert follower.retry("letter:parked")
        index_changed(office.desk)

    rebuilt(office, meanwhile)

    assert office.found("อุทกภัย") == ["later", "parked", "flood"]


def test_a_rebuild_that_was_broken_off_leaves_the_old_index_and_is_begun_anew(office):
    def killed():
        raise Unavailable({"what": "the power"})

    with pytest.raises(Unavailable):
        rebuilt(office, killed)
    again = restarted(office)
    check_index(again.desk)

    assert again.found("อุทกภัย") == ["flood"]
    assert again.desk.distrusted.is_set()
    assert rebuild_index(again.desk)
    assert again.found("อุทกภัย") == ["flood"]
    assert progress(office.views).analysis == analysis.VERSION


def test_of_several_processes_one_rebuilds_and_the_others_go_on_indexing(office):
    claims = Claims(office.views, Watch())
    office.desk = replace(office.desk, claims=claims)
    other = restarted(office)
    other.desk = replace(other.desk, claims=claims)
    seen = []

    def meanwhile():
        seen.append(rebuild_index(other.desk))
        other.arrive("new")
        other.work()
        seen.append(other.found("อุทกภัย"))

    done = rebuilt(office, meanwhile)

    assert (done, seen) == (True, [False, ["new", "flood"]])
    office.work()
    assert office.found("อุทกภัย") == ["new", "flood"]
    assert office.index.rebuilds == 1


def test_who_was_thought_dead_gives_way_to_who_began_anew(office):
    done = rebuilt(office, office.index.beside)

    assert not done
    assert office.found("อุทกภัย") == ["flood"]


def test_a_rebuild_ends_when_the_service_stops(office):
    office.desk.stopping.set()

    done = rebuild_index(office.desk)

    assert not done
    assert office.found("อุทกภัย") == ["flood"]


def test_an_older_release_does_not_write_into_an_index_that_a_newer_one_made(office, monkeypatch):
    with monkeypatch.context() as newer:
        newer.setattr(analysis, "VERSION", analysis.VERSION + 1)
        upgraded = restarted(office)
        check_index(upgraded.desk)
        rebuild_index(upgraded.desk)
    office.arrive("new")
    office.work()

    assert office.found("อุทกภัย") == ["flood"]
    monkeypatch.setattr(analysis, "VERSION", analysis.VERSION + 1)
    index_changed(upgraded.desk)
    assert office.found("อุทกภัย") == ["flood"]


def test_a_folder_that_was_made_for_other_fields_is_filled_where_it_is(tmp_path):
    made = TantivySearchIndex(tmp_path, ("words",))
    office = Office(index=made)
    check_index(office.desk)
    office.arrive()
    office.work()
    made.close()
    later = Office(log=office.log, views=office.views, index=TantivySearchIndex(tmp_path, analysis.FIELDS))

    check_index(later.desk)
    index_changed(later.desk)

    assert not later.desk.distrusted.is_set()
    assert later.found("อุทกภัย") == ["flood"]
