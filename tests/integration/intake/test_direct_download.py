"""Large downloads from the object store itself, on a real MinIO."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from tests.engines.object_store.buckets import fresh_address, fresh_store
from tests.unit.intake import hostile
from tests.unit.intake.counter import PDF, Counter

pytestmark = pytest.mark.servers

LETTER = hostile.proper()


def counter_over_minio(folder, *, above=100, public=True):
    address = fresh_address()
    objects = fresh_store(folder, public_url=f"http://{address.endpoint}" if public else "")
    return Counter(folder, objects, direct_download_above=above)


def test_a_large_download_is_sent_on_and_comes_as_it_would_from_here(tmp_path):
    counter = counter_over_minio(tmp_path)
    path = counter.file_path(counter.stored(LETTER), name="หนังสือ ๑.pdf", media_type=PDF, download=True)
    directly = Counter(tmp_path, counter.objects, direct_download_above=10**9)
    directly.log.streams = counter.log.streams

    sent_on = counter.get(path)

    assert (sent_on.status_code, sent_on.data) == (307, b"")
    assert sent_on.headers["Cache-Control"] == "no-store"
    from_here = directly.get(path)
    with urllib.request.urlopen(sent_on.headers["Location"]) as answer:
        assert answer.read() == from_here.data == LETTER
        for name in ("Content-Type", "Content-Disposition", "Content-Length"):
            assert answer.headers[name] == from_here.headers[name]


def test_what_is_small_or_shown_or_only_asked_about_is_answered_here(tmp_path):
    counter = counter_over_minio(tmp_path, above=len(LETTER))
    sha256 = counter.stored(LETTER)
    larger = counter_over_minio(tmp_path)
    shown = larger.stored(LETTER)

    assert counter.get(counter.file_path(sha256, download=True)).data == LETTER
    assert larger.get(larger.file_path(shown)).data == LETTER
    assert larger.client.head(larger.file_path(shown, download=True)).status_code == 200


def test_where_browsers_do_not_reach_the_store_everything_is_answered_here(tmp_path):
    counter = counter_over_minio(tmp_path, public=False)

    assert counter.get(counter.file_path(counter.stored(LETTER), download=True)).data == LETTER


def test_without_a_valid_ticket_nothing_is_sent_on(tmp_path):
    counter = counter_over_minio(tmp_path)
    path = counter.file_path(counter.stored(LETTER), download=True)

    assert counter.get(path[:-4]).status_code == 403
    counter.later(3600)
    assert counter.get(path).status_code == 403


def test_an_upload_is_examined_and_shown_from_the_store(tmp_path):
    counter = counter_over_minio(tmp_path)

    scanned = counter.examined(LETTER)

    assert scanned.pages == 1
    assert counter.scraps == []
