from __future__ import annotations

import pytest

from saraban.contracts.errors.letters import LetterNotFound
from saraban.contracts.errors.routing import NobodyCleared, NotCleared
from saraban.contracts.letters import Particulars
from tests.unit.routing.office import Office

SECRET = Particulars(subject="การสอบสวนครูรายหนึ่ง", number="ลับ ๑", sender="สพฐ.", secrecy="secret")


def readers(office):
    return {one["officer_id"]: one["via"] for one in office.circulation("wichai", "secret")["readers"]}


def test_a_secret_letter_goes_to_the_cleared_officers_of_a_unit_only():
    office = Office()
    office.receive("secret", SECRET)

    office.circulate("unit:licence", by="wichai", letter_id="secret")

    assert readers(office) == {"prasit": "licence"}


def test_naming_officers_who_are_not_cleared_is_refused_with_their_count():
    office = Office()
    office.receive("secret", SECRET)

    with pytest.raises(NotCleared) as refused:
        office.circulate("officer:prasit", "officer:nida", "officer:anan", by="wichai", letter_id="secret")

    assert refused.value.detail["count"] == 2


def test_a_unit_in_which_nobody_is_cleared_is_refused():
    office = Office()
    office.receive("secret", SECRET)

    with pytest.raises(NobodyCleared):
        office.circulate("unit:legal", by="wichai", letter_id="secret")


def test_a_clerk_who_is_not_cleared_does_not_find_the_secret_letter():
    office = Office()
    office.receive("secret", SECRET)

    with pytest.raises(LetterNotFound):
        office.circulate("officer:prasit", by="somsri", letter_id="secret")
