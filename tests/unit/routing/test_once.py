from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from saraban.contracts.errors.letters import OtherContentForKey
from saraban.contracts.errors.routing import TooBusy
from saraban.contracts.errors.views import ViewBehind
from saraban.contracts.events.registry import LetterClosed
from saraban.engines.views.memory import MemoryViews
from services.routing import desk, handlers
from tests.builders import OFFICERS, actor
from tests.unit.routing.office import Office

LEGAL = [{"kind": "unit", "id": "legal"}]
LICENCE = [{"kind": "unit", "id": "licence"}]
ORDER = {"order": "assign", "to": {"kind": "officer", "id": "nida"}}


def office_with_letter(*to):
    office = Office()
    office.receive()
    if to:
        office.circulate(*to)
    return office


def test_the_same_circulation_again_answers_the_same_and_adds_nothing():
    office = office_with_letter()
    first = handlers.circulate(office.desk, actor("somsri"), "key", "flood", LEGAL)

    again = handlers.circulate(office.desk, actor("somsri"), "key", "flood", LEGAL)

    assert again == first
    assert office.happened().count("letter.circulated") == 1


def test_the_same_endorsement_again_answers_the_same_ids():
    office = office_with_letter("officer:nida")
    first = handlers.endorse(office.desk, actor("somsri"), "key", "flood", "โปรดดำเนินการ", **ORDER)

    again = handlers.endorse(office.desk, actor("somsri"), "key", "flood", "โปรดดำเนินการ", **ORDER)

    assert again == first
    assert None not in first.values()


def test_a_command_repeated_after_the_letter_was_closed_answers_as_before():
    office = office_with_letter("officer:nida")
    first = handlers.endorse(office.desk, actor("somsri"), "key", "flood", "โปรดดำเนินการ", **ORDER)
    office.say_of("flood", LetterClosed(letter_id="flood", reason="ตอบแล้ว"))

    assert handlers.endorse(office.desk, actor("somsri"), "key", "flood", "โปรดดำเนินการ", **ORDER) == first


def test_a_command_repeated_at_another_process_answers_as_before():
    office = office_with_letter()
    first = handlers.circulate(office.desk, actor("somsri"), "key", "flood", LEGAL)

    elsewhere = office.open_desk(MemoryViews())

    assert handlers.circulate(elsewhere, actor("somsri"), "key", "flood", LEGAL) == first


def test_the_same_key_with_other_content_is_a_conflict():
    office = office_with_letter()
    handlers.circulate(office.desk, actor("somsri"), "key", "flood", LEGAL)

    with pytest.raises(OtherContentForKey):
        handlers.circulate(office.desk, actor("somsri"), "key", "flood", LICENCE)


def test_the_same_key_for_another_letter_is_a_conflict():
    office = office_with_letter("unit:legal")
    office.receive("fire", number=2)
    office.circulate("unit:legal", letter_id="fire")
    handlers.acknowledge(office.desk, actor("nida"), "key", "flood")

    with pytest.raises(OtherContentForKey):
        handlers.acknowledge(office.desk, actor("nida"), "key", "fire")


def test_two_processes_that_circulate_at_once_make_nobody_a_reader_twice():
    office = office_with_letter()
    elsewhere = office.open_desk(MemoryViews())
    office.log.before_record.append(lambda: handlers.circulate(elsewhere, actor("wichai"), "theirs", "flood", LEGAL))

    answer = handlers.circulate(office.desk, actor("somsri"), "ours", "flood", LEGAL + LICENCE)

    assert answer["readers"] == 4
    assert office.circulation()["counts"]["all"] == 6


def test_an_acknowledgement_that_others_overtake_is_recorded_behind_theirs():
    office = office_with_letter("unit:legal")
    elsewhere = office.open_desk(MemoryViews())
    office.log.before_record.append(lambda: handlers.acknowledge(elsewhere, actor("manop"), "theirs", "flood"))

    handlers.acknowledge(office.desk, actor("nida"), "ours", "flood")

    assert office.circulation()["counts"]["acknowledged"] == 2


def test_readers_who_acknowledge_at_the_same_moment_in_two_processes_are_all_recorded_once():
    office = office_with_letter("unit:central", "unit:licence", "unit:legal")
    desks = [office.desk, office.open_desk(MemoryViews())]
    readers = list(OFFICERS)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda at: _acknowledge(desks[at % 2], readers[at // 2], at), range(2 * len(readers))))

    assert office.circulation()["counts"]["acknowledged"] == len(OFFICERS)
    assert office.happened().count("letter.acknowledged") == len(OFFICERS)


def test_a_letter_that_others_keep_changing_is_given_up_with_nothing_recorded():
    office = office_with_letter("unit:legal")
    keep_changing = [lambda: office.say_of("flood", _looked()) for _ in range(desk.TRIES)]
    office.log.before_record += [change for one in keep_changing for change in (one, _nothing)][:-1]

    with pytest.raises(TooBusy):
        office.acknowledge("nida")

    assert "letter.acknowledged" not in office.happened()


def test_a_letter_that_cannot_be_followed_is_not_written_to():
    office = office_with_letter("unit:legal")
    office.desk.follower.projections["letter.classified_read"] = _broken
    office.say_of("flood", _looked())

    with pytest.raises(ViewBehind):
        office.acknowledge("nida")


def _looked():
    from saraban.contracts.events.registry import ClassifiedLetterRead

    return ClassifiedLetterRead(letter_id="flood", officer_id="wichai", what="page")


def _acknowledge(at_desk, officer_id, place):
    return handlers.acknowledge(at_desk, actor(officer_id), f"ack-{place}", "flood")


def _nothing():
    pass


def _broken(happened, views):
    raise ValueError("no projection takes this")
