"""Checkpoints in the object store vouch for the log as those in a file do."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from saraban.audit import Finding, Verdict, checkpoint, keep, kept_in, verify_against
from saraban.contracts.errors.log import NotACheckpoint
from saraban.engines.event_store.memory import MemoryEventStore
from saraban.engines.object_store.folder import FolderObjectStore
from tests.engines.event_store.letters import arrived, draft, written

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()


@pytest.fixture
def objects(tmp_path):
    return FolderObjectStore(tmp_path)


FLOOD, BUDGET, TRANSPORT, FORGED = (draft(arrived(name)) for name in ("flood", "budget", "transport", "forged"))


def log_of(*drafts):
    store = MemoryEventStore()
    written(store, *drafts)
    return store


def sign(store):
    return checkpoint(store, KEY, NOON)


def test_every_kept_checkpoint_is_found_again_in_order(objects):
    signed = [sign(log_of(*names)) for names in ([FLOOD, BUDGET], [FLOOD])]

    names = [keep(objects, one) for one in signed]

    assert list(kept_in(objects)) == [signed[1], signed[0]]
    assert names[0] == f"checkpoint-000000000002-{signed[0]['signature'][:16]}"


def test_a_log_that_agrees_with_all_of_them_is_sound(objects):
    for names in ([FLOOD], [FLOOD, BUDGET]):
        keep(objects, sign(log_of(*names)))

    verdict = verify_against(log_of(FLOOD, BUDGET, TRANSPORT), list(kept_in(objects)))

    assert verdict == Verdict(checked=3)


def test_one_of_many_that_does_not_agree_is_enough(objects):
    for names in ([FLOOD], [FLOOD, BUDGET], [FLOOD, FORGED, TRANSPORT]):
        keep(objects, sign(log_of(*names)))

    verdict = verify_against(log_of(FLOOD, BUDGET, TRANSPORT), list(kept_in(objects)))

    assert (verdict.finding, verdict.wrong_at) == (Finding.REWRITTEN, 3)


def test_a_log_that_was_cut_off_is_found_by_the_newest(objects):
    for names in ([FLOOD], [FLOOD, BUDGET]):
        keep(objects, sign(log_of(*names)))

    verdict = verify_against(log_of(FLOOD), list(kept_in(objects)))

    assert (verdict.finding, verdict.wrong_at) == (Finding.CUT_OFF, 2)


def test_the_name_of_a_checkpoint_cannot_be_taken_before_it_is_made(objects):
    signed = sign(log_of(FLOOD))
    forged = {**sign(log_of(FORGED)), "public_key": "00" * 32}
    keep(objects, forged)

    name = keep(objects, signed)

    with objects.open(name) as data:
        assert signed["signature"].encode() in data.read()


def test_a_kept_checkpoint_that_cannot_be_read_is_named(objects):
    objects.put("checkpoint-7", io.BytesIO(b"[1, 2"))

    with pytest.raises(NotACheckpoint, match="checkpoint-7"):
        list(kept_in(objects))
