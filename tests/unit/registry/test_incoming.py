from __future__ import annotations

import pytest

from saraban.contracts import ids
from saraban.contracts.actor import SYSTEM
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.dates import DeadlineBeforeLetter, NoSuchDay, NoSuchTime, TimeMissing
from saraban.contracts.errors.letters import (
    FileNotStored,
    LetterNotFound,
    NotInThisState,
    NotYourUnit,
    ReasonMissing,
    TopSecretFile,
    UnknownChoice,
)
from services.registry.handlers import incoming
from tests.unit.registry.office import FLOOD, Office

ARRIVED = {"particulars": FLOOD, "files": [], "channel": "mail", "source": "mail:1", "reply_to": "a@obec.go.th"}


def test_a_letter_names_only_files_that_intake_keeps():
    office = Office()
    unknown = {"sha256": "b" * 64, "name": "x.pdf", "media_type": "application/pdf", "size": 1}

    with pytest.raises(FileNotStored):
        incoming.receive(office.clerk, office.actor("somsri"), "c1", FLOOD, [unknown], None)


def test_a_letter_with_a_stored_file_is_received():
    office = Office()

    received = incoming.receive(office.clerk, office.actor("somsri"), "c1", FLOOD, [office.store_file()], None)

    assert received["shown"] == "1/2569"


def test_a_day_that_is_not_in_the_calendar_is_refused():
    office = Office()

    with pytest.raises(NoSuchDay):
        incoming.receive(office.clerk, office.actor("somsri"), "c1", {**FLOOD, "dated": "29 ก.พ. 2566"}, [], None)


def test_a_deadline_is_kept_as_a_moment():
    office = Office()
    told = {**FLOOD, "deliver_by": "๒๔ พ.ย. ๒๕๖๙ เวลา ๑๖.๓๐ น."}

    letter_id = incoming.receive(office.clerk, office.actor("somsri"), "c1", told, [], None)["letter_id"]

    arrived = office.store.stream(ids.letter_stream(letter_id))[0]
    assert arrived.data["particulars"]["deliver_by"] == "2026-11-24T09:30:00+00:00"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("24 พ.ย. 2569", TimeMissing),
        ("24 พ.ย. 2569 25.00 น.", NoSuchTime),
        ("29 ก.พ. 2570 09.00 น.", NoSuchDay),
        ("1 ม.ค. 2569 09.00 น.", DeadlineBeforeLetter),
    ],
)
def test_a_deadline_that_cannot_be_is_refused_at_its_own_field(typed, error):
    office = Office()

    with pytest.raises(error) as refused:
        incoming.receive(office.clerk, office.actor("somsri"), "c1", {**FLOOD, "deliver_by": typed}, [], None)

    assert refused.value.detail["field"] == "deliver_by"


def test_an_unknown_urgency_is_refused_with_the_choices():
    office = Office()

    with pytest.raises(UnknownChoice) as refused:
        incoming.receive(office.clerk, office.actor("somsri"), "c1", {**FLOOD, "urgency": "asap"}, [], None)

    assert "most_urgent" in refused.value.detail["choices"]


def test_a_top_secret_letter_never_enters_as_a_file():
    office = Office()
    told = {**FLOOD, "secrecy": "top_secret"}

    with pytest.raises(TopSecretFile):
        incoming.receive(office.clerk, office.actor("somsri"), "c1", told, [office.store_file()], None)


def test_an_ordinary_officer_cannot_receive():
    office = Office()

    with pytest.raises(NotAllowed):
        incoming.receive(office.clerk, office.actor("anan"), "c1", FLOOD, [], None)


def test_a_unit_clerk_cannot_use_the_book_of_another_unit():
    office = Office()

    with pytest.raises(NotYourUnit):
        incoming.receive(office.clerk, office.actor("malee"), "c1", FLOOD, [], "legal")


def test_only_a_service_lets_letters_arrive():
    office = Office()

    with pytest.raises(NotAllowed):
        incoming.arrive(office.clerk, office.actor("somsri"), "c1", ARRIVED)


def test_an_arrived_letter_is_confirmed_and_numbered():
    office = Office()
    letter_id = incoming.arrive(office.clerk, SYSTEM, "mail-1", ARRIVED)["letter_id"]
    confirmed = {**FLOOD, "subject": "ขอความอนุเคราะห์ (แก้ไขชื่อเรื่อง)"}

    registered = incoming.register(office.clerk, office.actor("somsri"), "c1", letter_id, confirmed, None)

    assert registered["shown"] == "1/2569"
    assert [one.type for one in office.knocks[-1].events] == [
        "book.number_issued",
        "letter.particulars_corrected",
        "letter.registered",
    ]


def test_the_same_mail_arrives_once():
    office = Office()

    letters = {incoming.arrive(office.clerk, SYSTEM, "mail-1", ARRIVED)["letter_id"] for _ in range(3)}

    assert len(letters) == 1


def test_a_clerk_without_clearance_does_not_know_of_a_secret_letter():
    office = Office()
    told = {**ARRIVED, "particulars": {**FLOOD, "secrecy": "secret"}}
    letter_id = incoming.arrive(office.clerk, SYSTEM, "mail-1", told)["letter_id"]

    with pytest.raises(LetterNotFound):
        incoming.register(office.clerk, office.actor("somsri"), "c1", letter_id, None, None)

    assert incoming.register(office.clerk, office.actor("wichai"), "c2", letter_id, None, None)["number"] == 1


def test_a_void_needs_its_reason():
    office = Office()
    clerk = office.actor("somsri")
    letter_id = incoming.receive(office.clerk, clerk, "c1", FLOOD, [], None)["letter_id"]

    with pytest.raises(ReasonMissing):
        incoming.void(office.clerk, clerk, "c2", letter_id, " ")


def test_a_letter_is_closed_once():
    office = Office()
    clerk = office.actor("somsri")
    letter_id = incoming.receive(office.clerk, clerk, "c1", FLOOD, [], None)["letter_id"]
    incoming.close(office.clerk, clerk, "c2", letter_id, "ดำเนินการแล้ว")

    with pytest.raises(NotInThisState):
        incoming.close(office.clerk, clerk, "c3", letter_id, "อีกครั้ง")
