from __future__ import annotations

import hashlib
import io
import threading
from pathlib import Path

import pytest

from saraban.contracts.errors.files import FileUnknown
from saraban.ports import ObjectStore, StoredObject

LETTER = "ขอเชิญประชุมเรื่องน้ำท่วม".encode()
KEY = hashlib.sha256(LETTER).hexdigest()
OTHER = "some-letter"
"""A key that is no SHA-256, so that any content may stand under it."""


def stored(store: ObjectStore, key: str, content: bytes = LETTER) -> StoredObject:
    return store.put(key, io.BytesIO(content))


def read(store: ObjectStore, key: str, start: int = 0) -> bytes:
    with store.open(key, start) as stream:
        return stream.read()


def scratch_file(store: ObjectStore, content: bytes) -> Path:
    path = Path(store.scratch()) / "coming-in"
    path.write_bytes(content)
    return path


def test_an_object_is_read_as_it_was_stored(store: ObjectStore) -> None:
    facts = stored(store, KEY)

    assert facts == StoredObject(key=KEY, size=len(LETTER))
    assert read(store, KEY) == LETTER


def test_an_object_is_read_from_an_offset(store: ObjectStore) -> None:
    stored(store, OTHER, b"0123456789")

    assert read(store, OTHER, 7) == b"789"
    assert read(store, OTHER, 10) == b""


def test_an_object_may_be_empty(store: ObjectStore) -> None:
    assert stored(store, OTHER, b"").size == 0
    assert read(store, OTHER) == b""


def test_an_absent_object_has_no_facts_and_is_not_found(store: ObjectStore) -> None:
    assert store.stat(KEY) is None
    with pytest.raises(FileUnknown):
        store.open(KEY)


def test_an_object_is_at_hand_as_a_local_file(store: ObjectStore) -> None:
    stored(store, KEY)

    with store.at_hand(KEY) as path:
        content = Path(path).read_bytes()

    assert content == LETTER
    assert read(store, KEY) == LETTER


def test_an_absent_object_is_not_at_hand(store: ObjectStore) -> None:
    with pytest.raises(FileUnknown), store.at_hand(KEY):
        pass


def test_an_object_is_never_overwritten(store: ObjectStore) -> None:
    stored(store, OTHER, b"first")

    facts = stored(store, OTHER, b"the second one")

    assert facts.size == 5
    assert read(store, OTHER) == b"first"


def test_a_finished_file_becomes_an_object_and_is_gone(store: ObjectStore) -> None:
    path = scratch_file(store, LETTER)

    facts = store.adopt(str(path), KEY)

    assert facts == StoredObject(key=KEY, size=len(LETTER))
    assert read(store, KEY) == LETTER
    assert not path.exists()


def test_adopting_a_known_object_keeps_the_stored_one(store: ObjectStore) -> None:
    stored(store, OTHER, b"first")
    path = scratch_file(store, b"the second one")

    facts = store.adopt(str(path), OTHER)

    assert facts.size == 5
    assert read(store, OTHER) == b"first"
    assert not path.exists()


def test_keys_come_in_order_and_by_prefix(store: ObjectStore) -> None:
    for key in ("cd-1", "ab-2", "ab-1", "a1-9"):
        stored(store, key)

    assert list(store.keys()) == ["a1-9", "ab-1", "ab-2", "cd-1"]
    assert list(store.keys("a")) == ["a1-9", "ab-1", "ab-2"]
    assert list(store.keys("ab-2")) == ["ab-2"]
    assert list(store.keys("zz")) == []


@pytest.mark.parametrize("key", ["", "a", "../etc/passwd", "ab/cd", "AB12", ".hidden", "ab\n", "ที่", "a" * 201])
def test_a_key_that_is_no_safe_name_is_refused(store: ObjectStore, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        stored(store, key)
    with pytest.raises(ValueError, match="not a key"):
        store.open(key)


def test_a_stream_that_breaks_off_stores_nothing(store: ObjectStore) -> None:
    class Breaks(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(KEY, Breaks())

    assert store.stat(KEY) is None


def test_of_many_writers_of_one_key_one_wins_whole(store: ObjectStore) -> None:
    contents = [bytes([letter]) * 50_000 for letter in range(8)]
    writers = [threading.Thread(target=stored, args=(store, OTHER, content)) for content in contents]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert read(store, OTHER) in contents
