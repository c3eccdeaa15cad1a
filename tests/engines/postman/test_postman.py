from __future__ import annotations

import pytest

from saraban.contracts.errors.mail import RecipientNotMailable
from tests.engines.postman.conftest import Way

KEY = "delivery:flood-1"
OURS, THEIRS = "ksp@saraban.mail.go.th", "saraban@obec.go.th"
LETTER = b"From: ksp@saraban.mail.go.th\r\n\r\n\xe0\xb8\xab\r\n"


def test_a_mail_is_handed_over_with_every_byte(way: Way) -> None:
    way.postman.hand_over(KEY, OURS, [THEIRS], LETTER)

    (taken,) = way.taken()
    assert taken.endswith(LETTER)


def test_a_mail_that_is_handed_over_again_goes_out_once(way: Way) -> None:
    first = way.postman.hand_over(KEY, OURS, [THEIRS], LETTER)

    again = way.postman.hand_over(KEY, OURS, [THEIRS], b"the same mail, written anew")

    assert again == first
    assert [taken.endswith(LETTER) for taken in way.taken()] == [True]


def test_a_mail_that_is_handed_over_again_after_a_restart_goes_out_once(way: Way) -> None:
    first = way.postman.hand_over(KEY, OURS, [THEIRS], LETTER)

    assert way.reopened().hand_over(KEY, OURS, [THEIRS], LETTER) == first
    assert len(way.taken()) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("delivery:a-1", "delivery:a.1"), ("receipt:x:arrived", "receipt:x:registered"), ("ก", "ข")]
)
def test_different_keys_are_different_mails(way: Way, one: str, other: str) -> None:
    way.postman.hand_over(one, OURS, [THEIRS], b"one")
    way.postman.hand_over(other, OURS, [THEIRS], b"other")

    assert len(way.taken()) == 2


def test_a_mail_may_have_the_null_return_path(way: Way) -> None:
    way.postman.hand_over(KEY, "", [THEIRS], LETTER)

    assert len(way.taken()) == 1


@pytest.mark.parametrize("address", ["", "nobody", "a b@obec.go.th", "a@b\r\nBcc: all@go.th", "a@b@c", "<a@b>"])
def test_an_address_that_is_none_is_refused(way: Way, address: str) -> None:
    with pytest.raises(RecipientNotMailable):
        way.postman.hand_over(KEY, OURS, [THEIRS, address], LETTER)

    assert way.taken() == []


def test_a_mail_to_nobody_is_refused(way: Way) -> None:
    with pytest.raises(RecipientNotMailable):
        way.postman.hand_over(KEY, OURS, [], LETTER)
