"""Mail after a restore: what was asked for before it may have left already."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saraban.contracts.actor import SYSTEM
from saraban.contracts.errors import NotAllowed
from saraban.contracts.events import mail as said
from saraban.contracts.events.registry import LetterArrived
from saraban.holding import hold
from services.mail.handlers.outgoing.held import held_mail, release_held, settle_held
from services.mail.handlers.outgoing.sending import send_waiting
from tests.builders import actor
from tests.unit.mail.letters_by_mail import PDF, SUBJECT, multipart, part, words
from tests.unit.mail.office import OBEC, MailOffice

FLOOD = multipart(words("ส่งมาเพื่อทราบ"), part(PDF), subject=f"ที่ ศธ ๐๔๐๐๙/๑๒๓ {SUBJECT}".encode())


@pytest.fixture
def office() -> MailOffice:
    """A letter came by mail and its sender was not told yet; then the system was restored."""
    restored = MailOffice()
    restored.take(FLOOD)
    hold(restored.desk.views, restored.desk.clock.now() + timedelta(seconds=1))
    return restored


def arrived(office: MailOffice) -> str:
    return office.named(LetterArrived)[0].letter_id


def test_what_may_have_left_before_is_not_sent_again(office: MailOffice) -> None:
    assert send_waiting(office.desk) == 0
    assert office.postman.handed == {}
    assert [(one["letter_id"], one["to"]) for one in held_mail(office.desk, SYSTEM)] == [(arrived(office), OBEC)]


def test_what_is_asked_for_after_the_restore_leaves(office: MailOffice) -> None:
    office.house.clock.later(minutes=1)
    office.register(arrived(office))

    send_waiting(office.desk)

    assert [one.kind for one in office.named(said.ReceiptSent)] == ["registered"]


def test_held_mail_leaves_once_it_is_released(office: MailOffice) -> None:
    (held,) = held_mail(office.desk, SYSTEM)

    released = release_held(office.desk, SYSTEM, [held["key"]])
    send_waiting(office.desk)

    assert released == 1
    assert [one.kind for one in office.named(said.ReceiptSent)] == ["arrived"]
    assert held_mail(office.desk, SYSTEM) == []


def test_mail_that_had_left_is_recorded_and_not_sent(office: MailOffice) -> None:
    settled = settle_held(office.desk, SYSTEM, None)
    release_held(office.desk, SYSTEM, None)

    assert settled == 1
    assert send_waiting(office.desk) == 0
    assert office.postman.handed == {}
    assert [(one.to, one.handed_over_as) for one in office.named(said.ReceiptSent)] == [(OBEC, "before-restore")]


def test_only_administrators_decide_on_held_mail(office: MailOffice) -> None:
    for act in (held_mail, lambda *who: release_held(*who, None), lambda *who: settle_held(*who, None)):
        with pytest.raises(NotAllowed):
            act(office.desk, actor("somsri"))
