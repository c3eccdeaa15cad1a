from __future__ import annotations

import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator

import pytest

from saraban import child
from saraban.child import run_limited
from saraban.contracts.errors.files import ChildKilled

HERE = "tests.unit.files.misbehaving"


def reason_of(function: str, *args: object, **limits: float) -> str:
    with pytest.raises(ChildKilled) as caught:
        run_limited(f"{HERE}:{function}", *args, **limits)
    return caught.value.reason


@pytest.fixture
def listening_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_function_answers_what_it_returns() -> None:
    answer = run_limited("operator:concat", ["ที่"], ["ศธ", 1, None])

    assert answer == ["ที่", "ศธ", 1, None]


def test_a_function_that_spins_is_stopped_by_its_cpu_limit() -> None:
    assert reason_of("spin", cpu_seconds=1) == "cpu"


def test_a_function_that_waits_too_long_is_stopped_at_the_wall() -> None:
    assert reason_of("sleep_for", 60, wall_seconds=0.3) == "wall"


def test_a_function_that_eats_memory_is_stopped() -> None:
    assert reason_of("eat_memory", memory_mb=200) == "memory"


def test_a_function_that_prints_without_end_is_stopped() -> None:
    assert reason_of("print_without_end", output_bytes=100_000) == "output"


def test_an_answer_over_the_limit_is_not_taken() -> None:
    assert reason_of("answer_at_length", 200_000, output_bytes=100_000) == "output"


def test_a_file_over_the_limit_is_not_written(tmp_path) -> None:
    path = tmp_path / "out"

    assert reason_of("write_file", str(path), 200_000, output_bytes=100_000) == "output"
    assert path.stat().st_size <= 100_000


def test_a_crash_kills_only_the_child() -> None:
    assert reason_of("crash") == "crash"


def test_an_error_in_the_child_says_what_it_was() -> None:
    with pytest.raises(ChildKilled) as caught:
        run_limited(f"{HERE}:stumble")

    assert caught.value.reason == "crash"
    assert "a cross-reference table that is none" in caught.value.detail["last_words"]


def test_the_network_is_not_within_reach(listening_port: int) -> None:
    assert reason_of("connect_to", listening_port) == "crash"


def test_no_other_program_can_be_started() -> None:
    assert reason_of("start_another_program") == "crash"


def test_no_process_can_be_left_behind() -> None:
    assert reason_of("leave_a_child_behind") == "crash"


def test_threads_are_allowed() -> None:
    assert run_limited(f"{HERE}:count_in_a_thread") == 10


def test_secrets_in_the_environment_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARABAN_SECRET", "กุญแจ")

    assert "SARABAN_SECRET" not in run_limited(f"{HERE}:environment")


def test_every_slot_is_given_back() -> None:
    before = len(child.SLOTS)

    reason_of("crash")
    run_limited("operator:add", 1, 2)

    assert len(child.SLOTS) == before


def test_other_greenlets_run_while_a_child_works() -> None:
    script = """
        import warnings
        warnings.simplefilter("ignore")
        import eventlet
        eventlet.monkey_patch()
        from eventlet import tpool
        from saraban.child import run_limited
        order = []
        def slow():
            run_limited("tests.unit.files.misbehaving:sleep_for", 0.5)
            order.append("child")
        def ticks():
            for _ in range(3):
                eventlet.sleep(0.01)
            order.append("ticks")
        jobs = [eventlet.spawn(slow), eventlet.spawn(ticks)]
        [job.wait() for job in jobs]
        print(order, tpool.execute(run_limited, "operator:add", 1, 2))
    """

    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['ticks', 'child'] 3"
