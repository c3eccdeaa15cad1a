from __future__ import annotations

import pytest

from saraban.broker.exchanges import fits


@pytest.mark.parametrize(
    ("pattern", "key", "expected"),
    [
        ("registry.*", "registry.receive", True),
        ("registry.*", "registry", False),
        ("registry.*", "registry.read.log", False),
        ("registry.#", "registry", True),
        ("registry.#", "registry.read.log", True),
        ("#.log", "read.log", True),
        ("#", "anything", True),
        ("a.*.c", "a.b.c", True),
        ("a.*.c", "a.b.d", False),
        ("a+b", "aab", False),
    ],
)
def test_a_star_is_one_word_and_a_hash_any_number(pattern, key, expected):
    assert fits(pattern.split("."), key.split(".")) is expected
