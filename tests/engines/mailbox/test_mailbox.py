from __future__ import annotations

import pytest

from saraban.contracts.errors.mail import MailGone, MailTooLarge
from tests.engines.mailbox.conftest import Box

LETTER = b"From: saraban@obec.go.th\r\nSubject: \xb9\xd3\xb7\xe8\xc7\xc1\r\n\r\n\x00\xff\n"


def test_a_delivered_mail_waits_and_is_read_byte_by_byte(box: Box) -> None:
    box.deliver(LETTER)

    (uid,) = box.mailbox.waiting(10)

    assert box.mailbox.fetch(uid, 1000).raw == LETTER
    assert box.mailbox.fetch(uid, 1000).uid == uid


def test_a_mail_waits_until_it_is_done(box: Box) -> None:
    box.deliver(LETTER)
    (uid,) = box.mailbox.waiting(10)
    box.mailbox.fetch(uid, 1000)

    assert box.mailbox.waiting(10) == [uid]

    box.mailbox.done(uid)

    assert box.mailbox.waiting(10) == []


def test_a_mail_that_is_not_done_waits_in_a_mailbox_opened_again(box: Box) -> None:
    box.deliver(LETTER)
    uids = box.mailbox.waiting(10)

    assert box.reopened().waiting(10) == uids


def test_being_done_twice_is_no_error(box: Box) -> None:
    box.deliver(LETTER)
    (uid,) = box.mailbox.waiting(10)

    box.mailbox.done(uid)
    box.mailbox.done(uid)

    assert box.mailbox.waiting(10) == []


def test_mails_come_oldest_first_and_not_more_than_asked_for(box: Box) -> None:
    for number in range(5):
        box.deliver(b"mail %d" % number)

    uids = box.mailbox.waiting(3)

    assert [box.mailbox.fetch(uid, 1000).raw for uid in uids] == [b"mail 0", b"mail 1", b"mail 2"]


def test_a_mail_over_the_limit_is_refused_with_its_size_and_can_still_be_streamed(box: Box) -> None:
    box.deliver(LETTER)
    (uid,) = box.mailbox.waiting(10)

    with pytest.raises(MailTooLarge) as refused:
        box.mailbox.fetch(uid, len(LETTER) - 1)

    assert refused.value.detail == {"size": len(LETTER), "limit": len(LETTER) - 1}
    with box.mailbox.open(uid) as stream:
        assert stream.read() == LETTER


def test_a_mail_that_is_gone_is_not_found(box: Box) -> None:
    box.deliver(LETTER)
    (uid,) = box.mailbox.waiting(10)
    box.mailbox.done(uid)

    with pytest.raises(MailGone):
        box.mailbox.fetch(uid, 1000)
    with pytest.raises(MailGone):
        box.mailbox.open(uid)


def test_an_empty_mail_is_a_mail_too(box: Box) -> None:
    box.deliver(b"")

    (uid,) = box.mailbox.waiting(10)

    assert box.mailbox.fetch(uid, 1000).raw == b""


def test_two_mails_with_the_same_bytes_are_two_mails(box: Box) -> None:
    box.deliver(LETTER)
    box.deliver(LETTER)

    first, second = box.mailbox.waiting(10)
    box.mailbox.done(first)

    assert box.mailbox.waiting(10) == [second]
