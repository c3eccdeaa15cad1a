from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from saraban.contracts import ids
from saraban.contracts.actor import SYSTEM
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import LetterNotFound
from saraban.contracts.events.routing import Addressee, LetterCirculated, Reader
from saraban.engines.views.memory import MemoryViews
from saraban.follow import Follower
from services.registry import queries
from services.registry.bootstrap import OwnLog
from services.registry.handlers import incoming, outgoing
from services.registry.views import PROJECTIONS
from tests.unit.registry.office import FLOOD, Office
from tests.unit.registry.test_outgoing import FAIR_COPY, REPLY


@dataclass
class OfficeWithViews(Office):
    views: MemoryViews = field(default_factory=MemoryViews)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.follower = Follower("registry", self.views, OwnLog(self.store), PROJECTIONS)

    def receive(self, command_id: str, **changes: str) -> str:
        told = {**FLOOD, **changes}
        self.clock.later(seconds=1)
        officer = "wichai" if changes.get("secrecy") else "somsri"
        return incoming.receive(self.clerk, self.actor(officer), command_id, told, [], None)["letter_id"]

    def circulate(self, letter_id: str, unit_id: str) -> None:
        circulated = LetterCirculated(
            letter_id=letter_id,
            circulation_id="c",
            addressees=(Addressee(kind="unit", id=unit_id),),
            readers=(Reader(officer_id="anan", via=unit_id),),
        )
        self.say(f"circulate-{letter_id}", [(ids.letter_stream(letter_id), circulated)])

    def subjects(self, officer_id: str, which: str) -> list[str]:
        self.follower.sweep()
        return [row["subject"] for row in queries.letters(self.views, self.actor(officer_id), which)["rows"]]

    def page(self, officer_id: str, letter_id: str) -> dict[str, Any]:
        self.follower.sweep()
        return queries.letter_page(self.views, self.actor(officer_id), letter_id)

    def register(self, officer_id: str) -> list[dict[str, Any]]:
        self.follower.sweep()
        book = ("central", "receive", 2569)
        return queries.register_page(self.views, self.actor(officer_id), book)["rows"]


@pytest.fixture
def office():
    return OfficeWithViews()


def test_a_letter_is_listed_for_those_to_whom_it_came(office):
    first, second = office.receive("c1", subject="น้ำท่วม"), office.receive("c2", subject="งบประมาณ")
    office.circulate(first, "licence")

    assert office.subjects("somsri", "received") == ["งบประมาณ", "น้ำท่วม"]
    assert office.subjects("anan", "received") == ["น้ำท่วม"]
    assert office.subjects("nida", "received") == []
    with pytest.raises(LetterNotFound):
        office.page("anan", second)


def test_a_classified_letter_is_listed_only_for_the_cleared(office):
    letter_id = office.receive("c1", subject="ลับมาก", secrecy="secret")
    office.circulate(letter_id, "licence")

    assert office.subjects("wichai", "received") == ["ลับมาก"]
    assert office.subjects("somsri", "received") == []
    assert office.subjects("prasit", "received") == []
    with pytest.raises(LetterNotFound):
        office.page("anan", letter_id)


def test_the_open_register_keeps_the_number_of_a_classified_letter_and_hides_the_rest(office):
    office.receive("c1", subject="เปิดเผย")
    office.receive("c2", subject="ลับ", secrecy="confidential")

    hidden, shown = office.register("somsri")

    assert (hidden["number"], hidden["subject"], hidden["sender"], hidden["letter_id"]) == (2, None, None, None)
    assert (shown["number"], shown["subject"]) == (1, "เปิดเผย")
    assert office.register("wichai")[0]["subject"] == "ลับ"


def test_urgency_and_deadline_stand_in_the_register_and_in_lists(office):
    office.receive("c1", urgency="urgent", deliver_by="24 พ.ย. 2569 16.30 น.")

    [in_register] = office.register("somsri")
    [in_list] = queries.letters(office.views, office.actor("somsri"), "received")["rows"]

    for row in (in_register, in_list):
        assert (row["urgency"], row["deliver_by"]) == ("urgent", "2026-11-24T09:30:00+00:00")


def test_a_register_belongs_to_its_unit(office):
    office.receive("c1")

    with pytest.raises(NotAllowed):
        office.register("anan")


def test_a_voided_number_stays_in_the_register_with_its_reason(office):
    letter_id = office.receive("c1")
    incoming.void(office.clerk, office.actor("somsri"), "v", letter_id, "ลงทะเบียนซ้ำ")

    (row,) = office.register("somsri")

    assert (row["number"], row["voided"], row["remark"]) == (1, True, "ลงทะเบียนซ้ำ")
    assert office.page("somsri", letter_id)["status"] == "voided"


def test_an_arrived_letter_waits_in_the_tray_of_the_centre(office):
    told = {"particulars": FLOOD, "files": [], "channel": "mail", "source": "mail:1"}
    incoming.arrive(office.clerk, SYSTEM, "m1", told)

    assert office.subjects("somsri", "tray") == [FLOOD["subject"]]
    assert office.subjects("malee", "tray") == []


def test_a_draft_goes_from_the_unit_to_the_head_and_out(office):
    letter_id = outgoing.draft(office.clerk, office.actor("anan"), "d", REPLY)["letter_id"]
    assert office.subjects("anan", "drafts") == [REPLY["particulars"]["subject"]]
    assert office.subjects("nida", "drafts") == []

    outgoing.present_draft(office.clerk, office.actor("anan"), "p", letter_id, "prasit")
    assert office.subjects("prasit", "to_sign") == [REPLY["particulars"]["subject"]]

    outgoing.sign(office.clerk, office.actor("prasit"), "s", letter_id)
    outgoing.keep_fair_copy(office.clerk, letter_id, FAIR_COPY)
    outgoing.send(office.clerk, office.actor("anan"), "o", letter_id)
    assert office.subjects("prasit", "to_sign") == []
    assert office.subjects("somsri", "outgoing") == [REPLY["particulars"]["subject"]]
    assert office.page("anan", letter_id)["sent_number"] == "ศธ ๕๑๐๔/๑"


def test_a_list_goes_on_page_by_page(office):
    for number in range(7):
        office.receive(f"c{number}", subject=f"เรื่องที่ {number}")
        office.clock.later(minutes=1)
    office.follower.sweep()
    somsri = office.actor("somsri")

    seen, place = [], ""
    while place is not None:
        page = queries.letters(office.views, somsri, "received", 3, place or None)
        seen += [row["subject"] for row in page["rows"]]
        place = page["next"]

    assert seen == [f"เรื่องที่ {number}" for number in reversed(range(7))]


def test_a_file_that_came_before_leads_to_the_letters_that_hold_it(office):
    file = office.store_file("f" * 64)
    somsri = office.actor("somsri")
    incoming.receive(office.clerk, somsri, "c1", FLOOD, [file], None)
    office.receive("c2", subject="เรื่องอื่น")
    office.follower.sweep()

    found = queries.letters_with_file(office.views, somsri, "f" * 64)

    assert [row["subject"] for row in found] == [FLOOD["subject"]]
    assert queries.letters_with_file(office.views, office.actor("nida"), "f" * 64) == []


def test_logins_are_for_administrators(office):
    office.follower.sweep()

    seen = queries.organisation(office.views, office.actor("anan"))["officers"]

    assert not any("login" in one or "clearance" in one for one in seen)
    assert all("login" in one for one in queries.organisation(office.views, office.actor("root"))["officers"])


def test_the_stamp_tells_the_number_of_the_units_own_book(office):
    letter_id = office.receive("c1")
    office.circulate(letter_id, "licence")
    office.receive("c2")
    incoming.register(office.clerk, office.actor("malee"), "u", letter_id, None, None)
    office.follower.sweep()
    doc = office.views.get("letters", letter_id)

    assert queries.stamp_facts(office.views, doc, "licence")["number"] == "1/2569"
    assert queries.stamp_facts(office.views, {**doc, "registrations": []}, "licence") is None


def test_the_word_before_a_letter_number_is_not_kept_twice(office):
    letter_id = office.receive("c1", number="ที่ ศธ ๐๔๐๐๙/๑๒๓")

    assert office.page("somsri", letter_id)["particulars"]["number"] == "ศธ ๐๔๐๐๙/๑๒๓"
