from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import msgspec
import pytest

from saraban.contracts.codec import load_events
from saraban.contracts.events import WIRE
from saraban.contracts.shapes import prepared, shaped

RACE = """
import sys, threading, types
from dataclasses import field, make_dataclass
from saraban.contracts.shapes import prepared, shaped
sys.setswitchinterval(1e-6)
for _ in range(300):
    Inner = make_dataclass("Inner", [(f"a{n}", str, "") for n in range(12)])
    Outer = prepared(make_dataclass("Outer", [("one", Inner), ("many", tuple[Inner, ...])]))
    together = threading.Barrier(4)
    def read():
        together.wait()
        shaped({"one": {"a1": "x"}, "many": [{"a2": "y"}]}, Outer)
    threads = [threading.Thread(target=read) for _ in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]
"""


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    subject: str


def test_plain_values_become_what_they_describe():
    assert shaped({"subject": "น้ำท่วม"}, Envelope) == Envelope(subject="น้ำท่วม")


def test_values_that_do_not_fit_are_refused():
    with pytest.raises(msgspec.ValidationError):
        shaped({"subject": 7}, Envelope)


def test_a_class_that_was_not_prepared_is_refused_before_threads_can_meet_at_it():
    @dataclass
    class Unprepared:
        subject: str

    with pytest.raises(LookupError, match="@prepared above Unprepared"):
        shaped({"subject": "น้ำท่วม"}, Unprepared)


def test_threads_that_meet_at_a_fresh_class_do_not_crash_the_process():
    done = subprocess.run([sys.executable, "-c", RACE], check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_every_event_is_prepared():
    load_events()

    for cls, _ in WIRE.values():
        with pytest.raises(msgspec.ValidationError):
            shaped("no event", cls)
