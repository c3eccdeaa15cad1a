"""One data folder has one owner."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from saraban.contracts.errors.log import StoreInUse
from saraban.engines.folder_lock import owned

OWNER = """
import sys, time
from pathlib import Path
from saraban.engines.folder_lock import owned
with owned(Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_owner(tmp_path):
    command = [sys.executable, "-c", OWNER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "mine\n"
        yield process
        process.stdin.close()
        process.wait(10)


def test_a_folder_that_another_process_owns_is_refused_with_its_pid(tmp_path, other_owner):
    with pytest.raises(StoreInUse) as refused, owned(tmp_path):
        pass

    assert refused.value.detail == {"folder": str(tmp_path), "pid": str(other_owner.pid)}


def test_a_folder_is_free_again_after_its_owner_was_killed(tmp_path, other_owner):
    os.kill(other_owner.pid, signal.SIGKILL)
    other_owner.wait(10)

    with owned(tmp_path):
        assert (tmp_path / "owner.pid").read_text() == f"{os.getpid()}\n"


def test_a_folder_is_free_again_after_the_block(tmp_path):
    with owned(tmp_path):
        pass

    with owned(tmp_path), pytest.raises(StoreInUse), owned(tmp_path):
        pass


def test_a_folder_that_is_not_there_yet_is_made(tmp_path):
    with owned(tmp_path / "data"):
        assert (tmp_path / "data" / "owner.pid").exists()
