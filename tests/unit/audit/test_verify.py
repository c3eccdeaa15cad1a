"""Whatever is changed in the log's file is found, and the first wrong position is named."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from saraban.audit import Finding, Verdict, checkpoint, signing_key, verify, verify_against
from saraban.contracts.commit import GENESIS_HASH, Head, seal
from saraban.contracts.errors.log import NotACheckpoint, StoreDamaged
from saraban.engines.event_store.memory import MemoryEventStore
from saraban.engines.event_store.sqlite import SqliteEventStore
from tests.engines.event_store.letters import arrived, draft, numbered, written

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()
TOTAL = 12


@pytest.fixture
def path(tmp_path):
    return tmp_path / "log.db"


@pytest.fixture
def store(path):
    opened = SqliteEventStore(path)
    letters = [f"flood-{number}" for number in range(1, TOTAL + 1)]
    written(opened, *[draft(arrived(name), numbered(n, name)) for n, name in enumerate(letters, start=1)])
    yield opened
    opened.close()


def tamper(path, *statements):
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def rechain(path, end=TOTAL):
    """What somebody does who owns the machine: chain the log anew after changing it."""
    with closing(SqliteEventStore(path)) as store:
        commits = store.read(0, 1000)[:end]
    head = Head(position=0, hash=GENESIS_HASH)
    hashes = []
    for commit in commits:
        sealed = seal(commit, head)
        head = Head(position=sealed.position, hash=sealed.hash)
        hashes.append((sealed.previous_hash, sealed.hash, sealed.position))
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany("UPDATE commits SET previous_hash = ?, hash = ? WHERE position = ?", hashes)


def test_an_untouched_log_is_sound(store):
    assert verify(store) == Verdict(checked=TOTAL)
    assert verify(store).sound


def test_an_empty_log_is_sound():
    assert verify(MemoryEventStore()) == Verdict(checked=0)


def test_a_log_of_many_pages_is_walked_to_its_end():
    store = MemoryEventStore()
    written(store, *[draft(arrived(f"flood-{number}")) for number in range(1203)])

    assert verify(store) == Verdict(checked=1203)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE commits SET at = '2026-11-22T00:00:00.000000+00:00' WHERE position = 7",
        "UPDATE commits SET command_id = 'another' WHERE position = 7",
        "UPDATE commits SET actor = replace(actor, 'สมศรี', 'สมชาย') WHERE position = 7",
        "UPDATE commits SET cause = NULL WHERE position = 7",
        "UPDATE commits SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE position = 7",
        "UPDATE events SET data = replace(data, 'อุทกภัย', 'อัคคีภัย') WHERE position = 7",
        "UPDATE events SET stream = 'letter:other' WHERE position = 7 AND place = 0",
        "UPDATE events SET version = 99 WHERE position = 7 AND place = 0",
        "UPDATE events SET type = 'letter.voided' WHERE position = 7 AND place = 0",
        "UPDATE events SET type_version = 2 WHERE position = 7 AND place = 0",
        "UPDATE events SET place = 5 WHERE position = 7 AND place = 0",
        "DELETE FROM events WHERE position = 7 AND place = 1",
        "INSERT INTO events VALUES (7, 2, 'letter:extra', 1, 'letter.arrived', 1, '{}')",
    ],
)
def test_a_commit_that_was_changed_is_found(path, store, change):
    tamper(path, change)

    assert verify(store) == Verdict(checked=6, wrong_at=7, finding=Finding.CHANGED)


def test_a_changed_previous_hash_is_found(path, store):
    tamper(path, "UPDATE commits SET previous_hash = hash WHERE position = 7")

    verdict = verify(store)

    assert (verdict.checked, verdict.wrong_at) == (6, 7)


def test_a_deleted_commit_is_found(path, store):
    tamper(path, "DELETE FROM commits WHERE position = 7", "DELETE FROM events WHERE position = 7")

    assert verify(store) == Verdict(checked=6, wrong_at=7, finding=Finding.MISSING)


def test_the_first_commit_cannot_be_deleted_unseen(path, store):
    tamper(path, "DELETE FROM commits WHERE position = 1", "DELETE FROM events WHERE position = 1")

    assert verify(store) == Verdict(checked=0, wrong_at=1, finding=Finding.MISSING)


def test_swapped_commits_are_found(path, store):
    tamper(
        path,
        *[
            f"UPDATE {table} SET position = {new} WHERE position = {old}"
            for table in ("commits", "events")
            for old, new in ((4, 1000), (9, 4), (1000, 9))
        ],
    )

    assert verify(store) == Verdict(checked=3, wrong_at=4, finding=Finding.CHANGED)


def test_a_commit_that_was_changed_and_hashed_anew_is_found_behind_it(path, store):
    tamper(path, "UPDATE commits SET cause = 'other' WHERE position = 7")
    rechain(path, end=7)

    assert verify(store) == Verdict(checked=7, wrong_at=8, finding=Finding.UNCHAINED)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET data = 'nonsense' WHERE position = 7 AND place = 1",
        "UPDATE commits SET actor = '[]' WHERE position = 7",
        "UPDATE commits SET cause = CAST(x'61ff62' AS TEXT) WHERE position = 7",
        "UPDATE events SET data = CAST(x'ff' AS TEXT) WHERE position = 7",
    ],
)
def test_a_commit_that_cannot_be_read_is_found(path, store, change):
    tamper(path, change)

    assert verify(store) == Verdict(checked=6, wrong_at=7, finding=Finding.UNREADABLE)


def test_the_first_of_several_wrong_commits_is_named(path, store):
    tamper(
        path,
        "UPDATE events SET data = 'nonsense' WHERE position = 9",
        "UPDATE commits SET actor = 'nonsense' WHERE position = 8",
        "UPDATE commits SET cause = 'other' WHERE position = 5",
        "DELETE FROM commits WHERE position = 3",
    )

    assert verify(store) == Verdict(checked=2, wrong_at=3, finding=Finding.MISSING)


def test_bytes_flipped_in_the_raw_file_are_found(path, store):
    store.close()
    raw = path.read_bytes()
    target = b"flood-7"
    path.write_bytes(raw.replace(target, b"flood-X"))

    with closing(SqliteEventStore(path)) as changed:
        assert verify(changed).wrong_at == 7


def test_a_file_that_is_no_database_any_more_is_a_clear_error(path, store):
    store.close()
    path.write_bytes(b"\xff" * len(path.read_bytes()))

    with pytest.raises(StoreDamaged):
        SqliteEventStore(path)


def test_a_log_with_its_end_cut_off_looks_sound_to_the_chain_but_not_to_a_checkpoint(path, store):
    kept = checkpoint(store, KEY, NOON)
    tamper(path, "DELETE FROM commits WHERE position > 9", "DELETE FROM events WHERE position > 9")

    assert verify(store).sound
    assert verify_against(store, [kept]) == Verdict(checked=9, wrong_at=10, finding=Finding.CUT_OFF)


def test_a_log_that_was_chained_anew_looks_sound_to_the_chain_but_not_to_a_checkpoint(path, store):
    kept = checkpoint(store, KEY, NOON)
    tamper(path, "UPDATE events SET data = '{}' WHERE position = 7")
    rechain(path)

    assert verify(store).sound
    assert verify_against(store, [kept]).finding is Finding.REWRITTEN


def test_a_log_that_grew_since_is_vouched_for_by_an_old_checkpoint(store):
    kept = json.loads(json.dumps(checkpoint(store, KEY, NOON)))
    written(store, draft(arrived("drought")))

    verdict = verify_against(store, [kept])

    assert verdict == Verdict(checked=TOTAL + 1)


def test_a_change_behind_the_checkpoint_is_still_found_by_the_chain(path, store):
    kept = checkpoint(store, KEY, NOON)
    written(store, draft(arrived("drought")))
    tamper(path, f"UPDATE commits SET cause = 'other' WHERE position = {TOTAL + 1}")

    assert verify_against(store, [kept]).wrong_at == TOTAL + 1


def test_a_checkpoint_of_an_empty_log_vouches_for_nothing_yet():
    store = MemoryEventStore()
    kept = checkpoint(store, KEY, NOON)
    written(store, draft(arrived()))

    assert kept["position"] == 0
    assert verify_against(store, [kept]) == Verdict(checked=1)


def test_a_checkpoint_tells_head_time_and_public_key(store):
    kept = checkpoint(store, KEY, NOON)

    assert (kept["position"], kept["hash"]) == (TOTAL, store.head().hash)
    assert kept["at"] == "2026-11-23T12:00:00.000000+00:00"
    assert kept["public_key"] == KEY.public_key().public_bytes_raw().hex()


@pytest.mark.parametrize(
    "change",
    [
        {"position": 3},
        {"hash": "0" * 64},
        {"at": "2027-01-01T00:00:00.000000+00:00"},
        {"signature": "00" * 64},
        {"signature": "nonsense"},
        {"public_key": Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()},
    ],
)
def test_a_checkpoint_that_was_changed_is_forged(store, change):
    kept = {**checkpoint(store, KEY, NOON), **change}

    assert verify_against(store, [kept]) == Verdict(checked=0, finding=Finding.FORGED)


def test_a_checkpoint_of_another_signer_is_refused_when_the_signer_is_known(store):
    kept = checkpoint(store, Ed25519PrivateKey.generate(), NOON)
    trusted = KEY.public_key().public_bytes_raw().hex()

    assert verify_against(store, [kept], trusted).finding is Finding.STRANGE_KEY
    assert verify_against(store, [checkpoint(store, KEY, NOON)], trusted).sound


@pytest.mark.parametrize("wrong", [{}, {"position": "seven"}, {"public_key": 1}])
def test_something_else_than_a_checkpoint_is_refused(store, wrong):
    with pytest.raises(NotACheckpoint):
        verify_against(store, [wrong])


def test_the_signing_key_is_made_once_and_only_for_its_owner(tmp_path):
    path = tmp_path / "checkpoint.key"

    first, again = signing_key(path), signing_key(path)

    assert first.public_key() == again.public_key()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_every_finding_speaks_thai_and_english():
    assert all(finding.th and finding.en.isascii() for finding in Finding)
