from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from saraban.broker.ahead import ahead


def test_things_come_in_their_order():
    assert list(ahead(range(100))) == list(range(100))


def test_the_next_thing_is_made_while_the_last_one_is_used():
    second_made = threading.Event()

    def things():
        yield "first"
        second_made.set()
        yield "second"

    for _ in ahead(things()):
        assert second_made.wait(10)


def test_no_more_than_a_few_things_are_made_before_they_are_used():
    made = []

    def things():
        for at in range(100):
            made.append(at)
            yield at

    coming = ahead(things())
    next(coming)

    assert len(made) <= 4
    coming.close()


def test_what_making_a_thing_raises_is_raised_in_its_turn():
    def things():
        yield "first"
        raise LookupError("the second cannot be made")

    coming = ahead(things())

    assert next(coming) == "first"
    with pytest.raises(LookupError):
        next(coming)


def test_nobody_goes_on_making_when_nobody_uses_it_any_more():
    before = threading.active_count()

    for thing in ahead(range(1000)):
        if thing == 3:
            break

    assert threading.active_count() == before


def test_it_works_in_a_real_thread_beside_green_ones():
    script = """
import eventlet
eventlet.monkey_patch()
from saraban.broker.ahead import ahead
from saraban.broker.threads import in_thread
print(sum(in_thread(lambda: list(ahead(range(1000))))))
"""

    done = subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "499500"
