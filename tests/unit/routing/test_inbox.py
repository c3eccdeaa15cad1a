from __future__ import annotations

import pytest

from saraban.contracts.errors.letters import UnknownChoice
from saraban.contracts.errors.lists import BadContinuation
from saraban.contracts.events.registry import ParticularsCorrected
from saraban.contracts.ids import ORGANISATION_STREAM
from saraban.contracts.letters import Particulars
from services.routing.views.inbox import inbox
from tests.builders import FLOOD, actor, appointed, registered
from tests.unit.routing.office import Office


def office_with_circulars(how_many):
    office = Office()
    for number in range(1, how_many + 1):
        letter_id = office.receive(f"circular-{number}", Particulars(subject=f"หนังสือเวียน {number}"), number)
        office.circulate("unit:legal", letter_id=letter_id)
    return office


def test_what_was_circulated_last_stands_first():
    office = office_with_circulars(3)

    assert office.subjects("nida") == ["หนังสือเวียน 3", "หนังสือเวียน 2", "หนังสือเวียน 1"]


def test_a_row_tells_what_the_letter_is_and_why_it_came():
    office = Office()
    office.receive()
    office.circulate("officer:nida", note="โปรดทราบ")

    [row] = office.inbox("nida")["rows"]

    expected = {"number": "ศธ ๐๔๐๐๙/๑๒๓", "sender": "สพฐ.", "urgency": "urgent", "shown": "1/2569", "note": "โปรดทราบ"}
    assert expected.items() <= row.items()


def test_what_is_acknowledged_waits_no_more_but_stays_in_the_inbox():
    office = office_with_circulars(2)

    office.acknowledge("nida", "circular-2")

    assert office.subjects("nida", "waiting") == ["หนังสือเวียน 1"]
    assert office.subjects("nida", "all") == ["หนังสือเวียน 2", "หนังสือเวียน 1"]


def test_the_counts_tell_what_waits_and_what_is_unread():
    office = office_with_circulars(3)

    office.mark_read("nida", "circular-1")
    office.acknowledge("nida", "circular-2")

    assert office.inbox("nida")["counts"] == {"waiting": 2, "unread": 1, "actions": 0}


def test_pages_follow_each_other_without_gap_or_repetition():
    office = office_with_circulars(5)
    seen, continue_from = [], None

    for _ in range(3):
        page = office.inbox("nida", limit=2, continue_from=continue_from)
        seen += [row["letter_id"] for row in page["rows"]]
        continue_from = page["next"]

    assert seen == [f"circular-{number}" for number in (5, 4, 3, 2, 1)]
    assert continue_from is None


def test_a_letter_that_comes_while_one_reads_on_does_not_disturb_the_next_page():
    office = office_with_circulars(3)
    first = office.inbox("nida", limit=2)
    office.receive("late", Particulars(subject="มาทีหลัง"), 9)
    office.circulate("unit:legal", letter_id="late")

    second = office.inbox("nida", limit=2, continue_from=first["next"])

    assert [row["subject"] for row in second["rows"]] == ["หนังสือเวียน 1"]


def test_a_continuation_that_is_not_ours_is_refused():
    with pytest.raises(BadContinuation):
        Office().inbox("nida", continue_from="page=2")


def test_an_unknown_list_is_refused_with_the_choices():
    with pytest.raises(UnknownChoice):
        Office().inbox("nida", "favourites")


def test_the_order_due_first_stands_first():
    office = office_with_circulars(3)
    nida = {"kind": "officer", "id": "nida"}

    office.endorse("somsri", letter_id="circular-1", order="assign", to=nida)
    office.endorse("somsri", letter_id="circular-2", order="assign", to=nida, due="31 ธ.ค. 2569")
    office.endorse("somsri", letter_id="circular-3", order="assign", to=nida, due="1 ธ.ค. 2569")

    assert office.subjects("nida", "actions") == ["หนังสือเวียน 3", "หนังสือเวียน 2", "หนังสือเวียน 1"]


def test_orders_to_officer_and_unit_stand_in_the_row_of_their_letter():
    office = office_with_circulars(1)
    for to in ({"kind": "officer", "id": "nida"}, {"kind": "unit", "id": "legal"}, {"kind": "unit", "id": "licence"}):
        office.endorse("somsri", letter_id="circular-1", order="assign", to=to)

    [row] = office.inbox("nida")["rows"]

    assert len(row["actions"]) == 2


def test_a_unit_sees_its_own_receive_number():
    office = Office()
    office.receive()
    office.say_of("flood", registered(unit_id="legal", number=44))

    office.circulate("unit:legal", "officer:anan")

    assert [office.inbox(one)["rows"][0]["shown"] for one in ("nida", "anan")] == ["44/2569", "1/2569"]


def test_a_corrected_subject_is_corrected_in_the_inbox():
    office = Office()
    office.receive()
    office.circulate("officer:nida")

    office.say_of("flood", ParticularsCorrected(letter_id="flood", particulars=Particulars(subject="ขอความช่วยเหลือ")))

    assert office.subjects("nida") == ["ขอความช่วยเหลือ"]


def test_a_letter_that_becomes_secret_vanishes_for_readers_who_are_not_cleared():
    office = Office()
    office.receive()
    office.circulate("officer:nida", "officer:prasit")
    office.endorse("somsri", order="assign", to={"kind": "officer", "id": "nida"})

    secret = Particulars(subject=FLOOD.subject, secrecy="secret")
    office.say_of("flood", ParticularsCorrected(letter_id="flood", particulars=secret))

    assert office.inbox("nida", "all") == {
        "rows": [],
        "next": None,
        "counts": {"waiting": 0, "unread": 0, "actions": 0},
    }
    assert office.inbox("nida", "actions")["rows"] == []
    assert office.subjects("prasit") == [FLOOD.subject]


def test_an_officer_who_loses_clearance_loses_the_secret_letters():
    office = Office()
    office.receive("secret", Particulars(subject="การสอบสวน", secrecy="secret"))
    office.circulate("officer:prasit", by="wichai", letter_id="secret")
    office.desk.follower.sweep()

    page = inbox(office.views, actor("prasit", clearance=1))

    assert (page["rows"], page["counts"]["waiting"]) == ([], 0)


def test_what_came_through_a_unit_stays_there_when_an_officer_leaves():
    office = Office()
    office.receive()
    office.circulate("unit:legal")
    office.receive("named", Particulars(subject="ถึงนิดา"), 2)
    office.circulate("officer:nida", letter_id="named")

    office.say(ORGANISATION_STREAM, appointed("nida", unit_id="licence"))
    office.desk.follower.sweep()

    page = inbox(office.views, actor("nida", unit_id="licence"))
    assert [row["subject"] for row in page["rows"]] == ["ถึงนิดา"]
