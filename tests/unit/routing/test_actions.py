from __future__ import annotations

import pytest

from saraban.contracts.errors.routing import ActionNotFound, NotOrderedToYou
from saraban.contracts.events.routing import ActionDone
from tests.builders import actor
from tests.unit.routing.office import Office

LICENCE = {"kind": "unit", "id": "licence"}
NIDA = {"kind": "officer", "id": "nida"}


def office_with_letter(*to):
    office = Office()
    office.receive()
    office.circulate(*(to or ("unit:licence",)))
    return office


def test_the_ordered_officer_says_that_it_is_done():
    office = office_with_letter()
    action_id = office.endorse("prasit", order="assign", to=NIDA)["action_id"]

    office.action_done("nida", action_id, "ส่งเงินช่วยเหลือแล้ว")

    [action] = office.circulation()["actions"]
    assert (action["done_by"], action["done_note"]) == ("นางสาวนิดา นิติธรรม", "ส่งเงินช่วยเหลือแล้ว")
    assert office.inbox("nida")["counts"]["actions"] == 0


@pytest.mark.parametrize("member", ["malee", "anan", "prasit"])
def test_anyone_of_the_ordered_unit_says_that_it_is_done(member):
    office = office_with_letter()
    action_id = office.endorse("somsri", order="assign", to=LICENCE)["action_id"]

    office.action_done(member, action_id)

    assert office.circulation()["actions"][0]["done_at"] is not None


def test_who_orders_something_while_others_serve_the_knocks_is_answered_what_was_ordered():
    office = office_with_letter()

    with office.desk.follower._serving:
        ordered = office.endorse("prasit", order="assign", to=NIDA)

    assert office.action_done("nida", ordered["action_id"])["position"] > ordered["position"]


def test_saying_twice_that_it_is_done_is_the_same_as_once():
    office = office_with_letter()
    action_id = office.endorse("somsri", order="assign", to=LICENCE)["action_id"]
    first = office.action_done("anan", action_id)

    second = office.action_done("malee", action_id)

    assert second == first
    assert office.circulation()["actions"][0]["done_by"] == "นายอนันต์ ทะเบียน"


def test_who_was_first_to_say_that_it_is_done_stays_even_if_the_log_says_it_twice():
    office = office_with_letter()
    action_id = office.endorse("somsri", order="assign", to=LICENCE)["action_id"]
    office.action_done("anan", action_id)

    office.say_of("flood", ActionDone(letter_id="flood", action_id=action_id, officer_id="malee"), by=actor("malee"))

    assert office.circulation()["actions"][0]["done_by"] == "นายอนันต์ ทะเบียน"


def test_nobody_else_says_that_it_is_done():
    office = office_with_letter()
    action_id = office.endorse("prasit", order="assign", to=NIDA)["action_id"]

    with pytest.raises(NotOrderedToYou) as refused:
        office.action_done("prasit", action_id)

    assert refused.value.detail["to"] == "นางสาวนิดา นิติธรรม"


def test_an_order_that_was_never_given_is_not_found():
    office = office_with_letter()

    with pytest.raises(ActionNotFound):
        office.action_done("anan", "nothing")


def test_an_order_on_another_letter_is_not_found_here():
    office = office_with_letter("officer:nida")
    office.receive("fire", number=2)
    action_id = office.endorse("somsri", letter_id="fire", order="assign", to=LICENCE)["action_id"]

    with pytest.raises(ActionNotFound):
        office.action_done("nida", action_id)
