from __future__ import annotations

import pytest

from saraban.contracts.errors import NotAllowed, NotFound, NotSignedIn
from saraban.contracts.errors.accounts import PasswordTooShort, TooManyTries, WrongPassword
from saraban.engines.views.memory import MemoryViews
from services.registry.accounts import Accounts, may_watch
from services.registry.domain.organisation import fold
from tests.unit.registry.office import Office, StandingClock, organisation_events

ORGANISATION = fold(organisation_events())
PASSWORD = "หนังสือราชการ"


@pytest.fixture
def clock():
    return StandingClock()


@pytest.fixture
def accounts(clock):
    made = Accounts(MemoryViews(), clock, session_hours=12)
    made.set_password("anan", "anan", PASSWORD)
    return made


def sign_in(accounts, login="anan", password=PASSWORD, client="10.0.0.7"):
    return accounts.sign_in(ORGANISATION, login, password, client)


def test_an_officer_signs_in_and_is_recognised(accounts):
    session = sign_in(accounts)

    known = accounts.recognise(ORGANISATION, session["token"])

    assert known["actor"]["officer_id"] == "anan"
    assert known["actor"]["keys"] == ("officer:anan", "unit:licence")
    assert (known["csrf"], known["kind"]) == (session["csrf"], "session")


def test_a_head_holds_the_keys_of_all_units_below():
    office = Office()

    assert "unit:licence" in office.actor("prasit").keys
    assert "unit:legal" not in office.actor("prasit").keys


@pytest.mark.parametrize(("login", "password"), [("anan", "ผิด"), ("ไม่มีตัวตน", PASSWORD)])
def test_a_wrong_login_and_a_wrong_password_look_the_same(accounts, login, password):
    with pytest.raises(WrongPassword):
        sign_in(accounts, login, password)


def test_many_wrong_passwords_make_one_wait_and_then_pass(accounts, clock):
    for _ in range(5):
        with pytest.raises(WrongPassword):
            sign_in(accounts, password="ผิด")

    with pytest.raises(TooManyTries) as refused:
        sign_in(accounts)

    clock.later(seconds=refused.value.detail["seconds"])
    assert sign_in(accounts)["token"]


def test_waits_grow_with_every_wrong_password(accounts, clock):
    waits = []
    for _ in range(9):
        try:
            sign_in(accounts, password="ผิด")
        except WrongPassword:
            continue
        except TooManyTries as refused:
            waits.append(refused.detail["seconds"])
            clock.later(seconds=refused.detail["seconds"])

    assert waits == sorted(waits)
    assert waits[-1] > waits[0]


def test_a_session_ends_by_itself(accounts, clock):
    token = sign_in(accounts)["token"]

    clock.later(hours=12, seconds=1)

    with pytest.raises(NotSignedIn):
        accounts.recognise(ORGANISATION, token)


def test_who_signed_out_is_not_recognised(accounts):
    token = sign_in(accounts)["token"]

    accounts.sign_out(token)

    with pytest.raises(NotSignedIn):
        accounts.recognise(ORGANISATION, token)


def test_an_officer_changes_the_password(accounts):
    accounts.change_password(Office().actor("anan"), PASSWORD, "รหัสผ่านใหม่เอี่ยม")

    assert sign_in(accounts, password="รหัสผ่านใหม่เอี่ยม")
    with pytest.raises(WrongPassword):
        sign_in(accounts)


def test_a_short_password_is_refused(accounts):
    with pytest.raises(PasswordTooShort):
        accounts.change_password(Office().actor("anan"), PASSWORD, "สั้น")


def test_a_program_acts_by_token_until_it_is_revoked(accounts):
    anan = Office().actor("anan")
    made = accounts.create_token(anan, ORGANISATION, "เครื่องสแกน", "anan")
    assert accounts.recognise(ORGANISATION, made["token"])["kind"] == "token"

    accounts.revoke_token(anan, made["token_id"])

    with pytest.raises(NotSignedIn):
        accounts.recognise(ORGANISATION, made["token"])


def test_tokens_of_others_are_for_administrators(accounts):
    made = accounts.create_token(Office().actor("anan"), ORGANISATION, "x", "anan")

    with pytest.raises(NotAllowed):
        accounts.create_token(Office().actor("nida"), ORGANISATION, "x", "anan")
    with pytest.raises(NotFound):
        accounts.revoke_token(Office().actor("nida"), made["token_id"])
    assert [one["token_id"] for one in accounts.tokens(Office().actor("root"))] == [made["token_id"]]


def test_nothing_that_is_kept_opens_an_account(accounts):
    session = sign_in(accounts)

    kept = str([accounts._records.records(table) for table in ("credentials", "sessions", "tokens")])

    assert PASSWORD not in kept
    assert session["token"] not in kept


def test_only_administrators_look_behind_the_counter():
    may_watch(Office().actor("root"))

    with pytest.raises(NotAllowed):
        may_watch(Office().actor("anan"))
