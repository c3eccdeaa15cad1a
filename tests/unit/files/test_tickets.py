from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saraban import tickets
from saraban.contracts.errors.files import TicketRefused
from saraban.tickets import Ticket, check, sign

SECRET = b"a secret of the tests"
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
SHA = "a" * 64


def token_of(path: str) -> str:
    return path.partition("?ticket=")[2]


def test_a_ticket_says_what_it_was_told() -> None:
    path = tickets.file_path(SECRET, NOW, SHA, name="หนังสือ.pdf", media_type="application/pdf", download=True)

    ticket = check(token_of(path), SECRET, purpose=tickets.FILE, now=NOW, sha256=SHA)

    assert path.startswith(f"/files/{SHA}?ticket=")
    assert (ticket.name, ticket.media_type, ticket.download) == ("หนังสือ.pdf", "application/pdf", True)


def test_a_ticket_of_another_key_is_refused() -> None:
    token = tickets.store_ticket(b"another key", NOW)

    with pytest.raises(TicketRefused) as caught:
        check(token, SECRET, purpose=tickets.STORE, now=NOW)

    assert caught.value.detail == {"reason": "forged"}


def test_a_ticket_lasts_its_time_and_no_longer() -> None:
    token = tickets.store_ticket(SECRET, NOW, seconds=60)

    check(token, SECRET, purpose=tickets.STORE, now=NOW + timedelta(seconds=60))
    with pytest.raises(TicketRefused) as caught:
        check(token, SECRET, purpose=tickets.STORE, now=NOW + timedelta(seconds=61))

    assert caught.value.detail == {"reason": "expired"}


@given(place=st.integers(min_value=0), letter=st.characters(codec="ascii"))
def test_a_ticket_changed_in_any_place_is_refused(place: int, letter: str) -> None:
    token = sign(Ticket(purpose=tickets.FILE, expires=2**40, sha256=SHA, name="หนังสือ.pdf"), SECRET)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]

    if changed != token:
        with pytest.raises(TicketRefused):
            check(changed, SECRET, purpose=tickets.FILE, now=NOW, sha256=SHA)


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(TicketRefused):
        check(text, SECRET, purpose=tickets.FILE, now=NOW, sha256=SHA)
