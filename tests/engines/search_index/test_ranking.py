from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saraban.engines.search_index.ranking import lowest_score, rank

scores = st.floats(min_value=1e-3, max_value=1e4)


def test_scores_that_differ_behind_the_fourth_digit_tie():
    assert rank(1.23449) == rank(1.23351)
    assert rank(1.234) != rank(1.235)


@given(scores)
def test_the_lowest_score_of_a_rank_parts_it_from_the_rank_below(score):
    place = rank(score)

    lowest = lowest_score(place)

    assert rank(lowest * (1 + 1e-9)) == place
    assert rank(lowest * (1 - 1e-9)) < place
