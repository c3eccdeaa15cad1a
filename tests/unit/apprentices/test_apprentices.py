from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from saraban.apprentices.outside import Apprentices
from saraban.contracts.errors.apprentices import ApprenticeGone

WORK = "tests.unit.apprentices.work"


@pytest.fixture
def crew():
    made = []

    def of(function, count=1):
        made.append(Apprentices(f"{WORK}:{function}", count))
        return made[-1]

    yield of
    for one in made:
        one.dismiss()


def is_running(pid):
    """Whether the process is there and no corpse that nobody has buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False


def comes_true(condition):
    for _ in range(1000):
        if condition():
            return True
        time.sleep(0.01)
    return False


def test_results_come_in_the_order_of_the_pieces(crew):
    given = crew("doubled").give([[1], [2], [3]])

    assert given() == [2, 4, 6]


def test_batches_go_to_all_apprentices_in_turn(crew):
    apprentices = crew("who", 2)

    first, second = apprentices.give([[]]), apprentices.give([[], []])
    [one], [other, same] = first(), second()

    assert len({one, other, os.getpid()}) == 3
    assert other == same


def test_a_batch_is_handed_over_while_a_large_one_comes_out(crew):
    apprentices = crew("lines")
    text = "น้ำท่วม" * 100_000

    first = apprentices.give([[text, 3]])
    second = apprentices.give([[text, 1]])

    assert first() == [text * 3]
    assert second() == [text]


def test_a_piece_that_cannot_be_done_does_not_stop_the_others(crew):
    given = crew("halved").give([[2], [3], [4]])

    assert given() == [1, None, 2]


def test_a_batch_whose_apprentice_is_killed_in_the_middle_is_given_back_and_the_next_one_is_done(crew):
    apprentices = crew("sleeps")
    given = apprentices.give([[0], [600]])
    os.kill(apprentices._at_work[0].pid, signal.SIGKILL)

    with pytest.raises(ApprenticeGone):
        given()
    again = apprentices.give([[0], [0]])

    assert again() == [None, None]


def test_both_batches_of_a_killed_apprentice_are_given_back(crew):
    apprentices = crew("dies")
    first, second = apprentices.give([[13]]), apprentices.give([[1]])

    for given in (first, second):
        with pytest.raises(ApprenticeGone):
            given()


def test_whoever_is_dismissed_ends_even_in_the_middle_of_work(crew):
    apprentices = crew("sleeps")
    apprentices.give([[600.0]])
    [pid] = [one.pid for one in apprentices._at_work]

    apprentices.dismiss()

    assert not is_running(pid)


def test_a_dismissed_crew_begins_with_a_fresh_apprentice(crew):
    apprentices = crew("who")
    before = apprentices.give([[]])()
    apprentices.dismiss()

    assert apprentices.give([[]])() != before


def test_an_apprentice_ends_when_the_house_is_killed():
    script = f"""
from saraban.apprentices.outside import Apprentices
apprentices = Apprentices("{WORK}:who", 1)
print(apprentices.give([[]])()[0], flush=True)
input()
"""
    house = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    pid = int(house.stdout.readline())
    assert is_running(pid)

    house.send_signal(signal.SIGKILL)
    house.communicate()

    assert comes_true(lambda: not is_running(pid))


def test_it_works_in_a_real_thread_beside_green_ones():
    script = f"""
import eventlet
eventlet.monkey_patch()
from saraban.broker.threads import in_thread
from saraban.apprentices.outside import Apprentices
apprentices = Apprentices("{WORK}:doubled", 1)
print(in_thread(lambda: apprentices.give([[21]])())[0])
in_thread(apprentices.dismiss)
"""

    done = subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "42"
