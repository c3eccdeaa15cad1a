"""The organisation as its stream tells it."""

from __future__ import annotations

from services.registry.domain.organisation import fold
from tests.builders import appointed, organisation, unit_added


def test_what_came_later_is_added_to_what_was_known() -> None:
    known = fold(organisation())

    grown = fold([unit_added("fund"), appointed("piti", unit_id="fund")], known)

    assert grown == fold([*organisation(), unit_added("fund"), appointed("piti", unit_id="fund")])


def test_who_knew_the_organisation_before_still_sees_it_as_it_was() -> None:
    known = fold(organisation())

    fold([appointed("anan", unit_id="legal")], known)

    assert known == fold(organisation())
    assert known.officer("anan").unit_id == "licence"


def test_the_last_position_of_an_officer_counts() -> None:
    moved = fold([*organisation(), appointed("anan", unit_id="legal")])

    assert moved.officer("anan").unit_id == "legal"
