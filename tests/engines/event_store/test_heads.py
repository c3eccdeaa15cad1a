"""The head of a stream is found by asking which versions exist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saraban.engines.event_store.mongo.heads import find_heads


class Streams:
    """Streams of given lengths, which may grow by a step at every question; counts the questions."""

    def __init__(self, heads, grow=()):
        self.heads = dict(heads)
        self.history = []
        self.grow = iter(grow)
        self.questions = 0

    def exist(self, versions):
        self.questions += 1
        self.history.append(dict(self.heads))
        found = {(stream, version) for stream, version in versions if version <= self.heads[stream]}
        for stream in self.heads:
            self.heads[stream] += next(self.grow, 0)
        return found


@given(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2_000_000)), st.lists(st.integers(-3, 2**40), max_size=4))
def test_the_head_is_found_whatever_is_guessed(heads, guesses):
    assert find_heads(dict.fromkeys(heads, guesses), Streams(heads).exist) == heads


@given(st.integers(0, 5000), st.lists(st.integers(0, 40), max_size=30))
def test_a_head_of_a_growing_stream_is_one_that_it_had_meanwhile(head, grow):
    streams = Streams({"book": head}, grow)

    found = find_heads({"book": [head]}, streams.exist)

    assert found in streams.history


@pytest.mark.parametrize(("head", "guess", "questions"), [(0, 0, 1), (9, 9, 1), (5, None, 1), (100, 99, 2)])
def test_a_good_guess_takes_one_question(head, guess, questions):
    streams = Streams({"book": head})

    find_heads({"book": [] if guess is None else [guess]}, streams.exist)

    assert streams.questions <= questions


def test_a_book_with_a_million_numbers_takes_few_questions():
    streams = Streams({"book": 1_234_567})

    find_heads({"book": []}, streams.exist)

    assert streams.questions <= 6
