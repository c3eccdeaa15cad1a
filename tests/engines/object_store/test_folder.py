"""What only a store on a disk can get wrong."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from saraban.contracts.errors.log import StoreFull
from saraban.engines.object_store import folder
from saraban.engines.object_store.folder import FolderObjectStore

KEY = "ab" + "0" * 62


class Endless(io.RawIOBase):
    """`size` zero bytes, read without keeping them."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        given = min(self.left, size)
        self.left -= given
        return bytes(given)


def scraps_of(store: FolderObjectStore) -> list[Path]:
    return list(Path(store.scratch()).iterdir())


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_stores_nothing_and_leaves_no_scrap(tmp_path, monkeypatch) -> None:
    store = FolderObjectStore(tmp_path)
    monkeypatch.setattr(folder.shutil, "copyfileobj", full)

    with pytest.raises(StoreFull):
        store.put(KEY, io.BytesIO(b"letter"))

    assert store.stat(KEY) is None
    assert scraps_of(store) == []


def test_a_disk_that_is_full_at_the_flush_leaves_the_file_for_another_try(tmp_path, monkeypatch) -> None:
    store = FolderObjectStore(tmp_path)
    path = Path(store.scratch()) / "coming-in"
    path.write_bytes(b"letter")

    with monkeypatch.context() as disk:
        disk.setattr(folder.os, "fsync", full)
        with pytest.raises(StoreFull):
            store.adopt(str(path), KEY)

    assert path.read_bytes() == b"letter"
    assert store.stat(KEY) is None
    assert store.adopt(str(path), KEY).size == 6


def test_a_real_limit_on_file_size_counts_as_full(tmp_path) -> None:
    script = """
import io, resource, signal, sys
from pathlib import Path
from saraban.contracts.errors.log import StoreFull
from saraban.engines.object_store.folder import FolderObjectStore
store = FolderObjectStore(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    store.put("ab", io.BytesIO(bytes(5_000_000)))
except StoreFull:
    print("full", list(store.keys()))
"""

    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "full []"


def test_an_object_is_flushed_with_its_folder_before_it_counts(tmp_path, monkeypatch) -> None:
    store = FolderObjectStore(tmp_path)
    flushed: list[str] = []
    monkeypatch.setattr(folder, "_flush_file", flushed.append)

    store.put(KEY, io.BytesIO(b"letter"))

    assert flushed[0] == str(tmp_path / "objects")
    assert flushed[1].endswith(".part")
    assert flushed[2] == str(tmp_path / "objects" / "ab")


def test_a_large_object_passes_in_flat_memory(tmp_path) -> None:
    store = FolderObjectStore(tmp_path)
    tracemalloc.start()

    store.put(KEY, Endless(64_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert store.stat(KEY).size == 64_000_000
    assert peak < 8_000_000


def test_a_writer_killed_midway_leaves_no_object(tmp_path) -> None:
    script = """
import sys
from pathlib import Path
from saraban.engines.object_store.folder import FolderObjectStore
class Slow:
    def read(self, size):
        print("writing", flush=True)
        return bytes(1000)
FolderObjectStore(Path(sys.argv[1])).put("ab" + "0" * 62, Slow())
"""
    writer = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE)

    for _ in range(1000):
        writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.communicate()

    store = FolderObjectStore(tmp_path)
    assert list(store.keys()) == []
    assert len(scraps_of(store)) == 1
    store.put(KEY, io.BytesIO(b"letter"))
    assert store.stat(KEY).size == 6


def test_scraps_older_than_a_day_go_at_the_start_and_younger_ones_stay(tmp_path) -> None:
    store = FolderObjectStore(tmp_path)
    old, young = Path(store.scratch()) / "old", Path(store.scratch()) / "young"
    for path in (old, young):
        path.write_bytes(b"scrap")
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))

    FolderObjectStore(tmp_path)

    assert not old.exists()
    assert young.exists()


def test_a_file_on_another_disk_is_copied(tmp_path, monkeypatch) -> None:
    store = FolderObjectStore(tmp_path / "store")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"letter")
    link = os.link

    def link_within(source: str, target: Path) -> None:
        if "scratch" not in str(source):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        link(source, target)

    monkeypatch.setattr(folder.os, "link", link_within)

    assert store.adopt(str(elsewhere), KEY).size == 6
    assert not elsewhere.exists()
    assert store.stat(KEY).size == 6
