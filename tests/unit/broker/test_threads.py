"""Blocking work beside green threads. Patching cannot be undone, so the green cases run in a process of their own."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading

import pytest

from saraban.broker.threads import in_thread, is_green, real_lock


def run_green(body: str) -> str:
    start = "import eventlet\neventlet.monkey_patch()\nfrom saraban.broker.threads import *\nimport threading\n"
    script = start + textwrap.dedent(body)
    command = [sys.executable, "-W", "ignore", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_without_green_threads_the_work_is_done_right_here():
    answer = in_thread(lambda word, *, twice: word * 2 if twice else word, "รับ", twice=True)

    assert answer == "รับรับ"
    assert not is_green()


def test_without_green_threads_an_error_passes_through():
    with pytest.raises(ZeroDivisionError):
        in_thread(lambda: 1 / 0)


def test_without_green_threads_a_real_lock_is_an_ordinary_lock():
    assert isinstance(real_lock(), type(threading.Lock()))


def test_green_threads_run_on_while_blocking_work_is_done():
    said = run_green("""
        real = eventlet.patcher.original("threading")
        gate = real.Event()
        eventlet.spawn(gate.set)
        print(in_thread(gate.wait, 30))
    """)

    assert said == "True"


def test_green_threads_get_the_error_of_the_blocking_work():
    said = run_green("""
        try:
            in_thread(int, "สิบสอง")
        except ValueError:
            print("raised")
    """)

    assert said == "raised"


def test_a_busy_loop_does_not_starve_the_blocking_work():
    said = run_green("""
        import time
        turns = []
        def busy():
            while len(turns) < 4000 and not done:
                began = time.perf_counter()
                while time.perf_counter() - began < 0.003:
                    pass
                turns.append(1)
                eventlet.sleep(0)
        def blocking():
            pause = eventlet.patcher.original("time").sleep
            for _ in range(50):
                pause(0.0001)
        done = []
        spinner = eventlet.spawn(busy)
        in_thread(blocking)
        done.append(True)
        print("a turn or more for each pause" if len(turns) >= 50 else "served")
    """)

    assert said == "served"


def test_a_real_lock_is_not_a_green_one():
    said = run_green("print(type(real_lock()) is not type(threading.Lock()))")

    assert said == "True"
