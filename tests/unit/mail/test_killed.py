"""The whole story of mail, killed at every step that leaves a trace, just before it or just after: what a new process
completes is what one that lives on does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from saraban.contracts.events import mail as said
from saraban.contracts.events.registry import LetterArrived
from saraban.engines.views.memory import MemoryViews
from saraban.follow import Follower, differences
from services.mail.tokens import delivery_key, message_id
from services.mail.views.projections import projections
from tests.unit.mail import clerk_acts as quarantine
from tests.unit.mail.letters_by_mail import PDF, SUBJECT, mail, multipart, part, words
from tests.unit.mail.office import OBEC, Fate, Killed, Log, MailOffice

LETTER = multipart(words("ส่งมาเพื่อทราบ"), part(PDF), subject=SUBJECT.encode())
BROKEN = mail(kind=b"multipart/mixed", body=b"no boundary")
OUR_ID = message_id(delivery_key("reply-1"), "saraban.mail.go.th").encode()
ANSWER = mail(fields=b"In-Reply-To: " + OUR_ID + b"\r\n", body="ได้รับแล้ว เลขรับ 123/2569".encode())
BY_HAND = {"subject": "น้ำท่วม", "sender": "สพฐ."}


def story(office: MailOffice) -> list[Callable[[], object]]:
    """What happens, act by act; each can be repeated until it went through."""

    def letter_id() -> str:
        return hashlib.sha256(LETTER).hexdigest()[:22]

    def by_hand() -> object:
        somsri, sha256 = office.house.actor("somsri"), hashlib.sha256(BROKEN).hexdigest()
        return quarantine.register(office.desk, somsri, "by-hand", sha256, BY_HAND)

    return [
        lambda: office.mailbox.deliver(BROKEN),
        office.check,
        lambda: office.mailbox.deliver(LETTER),
        office.check,
        lambda: office.register(letter_id()),
        office.check,
        lambda: office.send_letter(OBEC),
        office.check,
        lambda: office.mailbox.deliver(ANSWER),
        office.check,
        by_hand,
        office.check,
    ]


def play(office: MailOffice) -> None:
    for act in story(office):
        try:
            act()
        except Killed:
            office.fate = replace(office.fate, kill_at=None)
            office.house.clock.later(minutes=11)
            office.restart()
            act()


def told(office: MailOffice) -> list[str]:
    """Everything on the log about mails and letters, without the times of day."""
    lines = []
    for happened in office.events("mail:") + office.events("letter:"):
        plain = {**msgspec.to_builtins(happened), "arrived_at": "", "registered_at": ""}
        lines.append(f"{type(happened).__name__} {sorted(plain.items(), key=lambda item: item[0])}")
    return sorted(lines)


def undisturbed() -> MailOffice:
    office = MailOffice()
    play(office)
    return office


WHOLE = undisturbed()
STEPS = WHOLE.fate.steps


def test_the_story_tells_what_it_should() -> None:
    assert [one.became for one in WHOLE.named(said.MailFetched)] == ["quarantine", "letter", "receipt"]
    assert len(WHOLE.named(LetterArrived)) == 2
    assert [one.kind for one in WHOLE.named(said.ReceiptSent)] == ["arrived", "registered"]
    assert [(row["state"], row["their_number"]) for row in WHOLE.rows()] == [("registered", "123/2569")]
    assert len(WHOLE.postman.handed) == 3
    assert STEPS > 15


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(STEPS))
def test_a_process_killed_at_any_step_loses_and_doubles_nothing(step: int, after: object) -> None:
    office = MailOffice(fate=Fate(kill_at=step, after=bool(after)))

    play(office)

    assert told(office) == told(WHOLE)
    assert office.postman.handed.keys() == WHOLE.postman.handed.keys()
    assert office.mailbox.waiting(10) == []
    assert [row["state"] for row in office.rows()] == ["registered"]


@pytest.mark.parametrize("step", [None, *range(0, STEPS, 3)])
def test_every_view_equals_its_rebuild(step: int | None) -> None:
    office = MailOffice(fate=Fate(kill_at=step, after=True))
    play(office)
    office.desk.follower.sweep()

    rebuilt = MemoryViews()
    Follower("mail", rebuilt, Log(office.house), projections()).sweep()

    assert list(differences(office.views, rebuilt)) == []


def test_what_was_rebuilt_sends_nothing_again() -> None:
    office = undisturbed()
    office.postman.handed.clear()
    office.views = MemoryViews()
    office.restart()

    office.check()

    assert office.postman.handed == {}
