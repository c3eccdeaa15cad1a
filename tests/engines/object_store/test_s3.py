"""What only a store behind a network promises, tried on a real MinIO."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from minio import Minio

from deploy.local import minio as recipe
from deploy.local.ports import free_port
from saraban.audit import keep, kept_in
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.files import BucketNotLocked, FileDamaged
from saraban.contracts.errors.settings import AddressNotValid
from saraban.engines.object_store.s3 import Address, S3ObjectStore
from saraban.engines.object_store.s3.bucket import abort_unfinished
from saraban.engines.object_store.s3.client import S3Error, connect
from saraban.engines.object_store.s3.store import PART
from tests.engines.object_store.buckets import fresh_address, fresh_store
from tests.servers import own_server

LETTER = "ขอเชิญประชุมเรื่องน้ำท่วม".encode()
SHA256 = hashlib.sha256(LETTER).hexdigest()
KEY = "some-letter"

servers = pytest.mark.servers


def put(store: S3ObjectStore, key: str, content: bytes) -> None:
    store.put(key, io.BytesIO(content))


def test_an_address_names_the_bucket_and_the_way_to_it():
    address = Address.read("s3://saraban:p%2Fw%40d@files.example:9000/letters?secure=false&region=th")

    assert (address.endpoint, address.bucket, address.region, address.secure) == (
        "files.example:9000",
        "letters",
        "th",
        False,
    )
    assert (address.key, address.secret) == ("saraban", "p/w@d")
    assert "p/w@d" not in repr(address)
    assert Address.read("s3://a:b@files.example/letters").secure is True


@pytest.mark.parametrize(
    "url", ["s3://host/b", "s3://a:b@host", "s3://a:b@host/b/c", "s3://a:b@host/b?secure=no", "s3://a:b@host/b?x=1"]
)
def test_an_address_that_lacks_something_is_refused_without_telling_its_password(url):
    with pytest.raises(AddressNotValid) as refused:
        Address.read(url.replace("a:b@", "a:pass@"))

    assert "pass@" not in str(refused.value)


@servers
@pytest.mark.parametrize("size", [1000, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 1])
def test_an_object_of_any_number_of_parts_is_read_as_it_was_stored(tmp_path, size):
    store = fresh_store(tmp_path)
    content = (b"0123456789abcde\n" * (size // 16 + 1))[:size]
    key = hashlib.sha256(content).hexdigest()

    put(store, key, content)

    with store.open(key) as stream:
        assert stream.read() == content


class Overtaken(io.BytesIO):
    """Bytes during whose first reading something else happens."""

    def __init__(self, content: bytes, meanwhile: Callable[[], object]) -> None:
        super().__init__(content)
        self._meanwhile = [meanwhile]

    def read(self, size: int | None = -1, /) -> bytes:
        if self._meanwhile:
            self._meanwhile.pop()()
        return super().read(size)


@servers
@pytest.mark.parametrize("size", [1000, 2 * PART], ids=["small", "in parts"])
@pytest.mark.parametrize("faster_size", [2000, 2 * PART + 1], ids=["by a small one", "by one in parts"])
def test_a_writer_that_is_overtaken_keeps_the_object_of_the_faster_one(tmp_path, size, faster_size):
    address = fresh_address()
    slow, fast = S3ObjectStore(address, tmp_path / "slow"), S3ObjectStore(address, tmp_path / "fast")
    faster = b"2" * faster_size

    told = slow.put(KEY, Overtaken(b"1" * size, lambda: put(fast, KEY, faster)))

    assert told.size == faster_size
    with slow.open(KEY) as stream:
        assert stream.read() == faster


@servers
@pytest.mark.parametrize("content", [b"other bytes", bytes(2 * PART)], ids=["small", "in parts"])
def test_bytes_that_are_not_what_their_key_tells_are_not_stored(tmp_path, content):
    address = fresh_address()
    store = S3ObjectStore(address, tmp_path)

    with pytest.raises(FileDamaged):
        put(store, SHA256, content)

    assert store.stat(SHA256) is None
    assert abort_unfinished(connect(address), address.bucket, datetime.now(UTC) + timedelta(days=1), SHA256) == 0


@servers
def test_an_original_that_was_damaged_in_the_store_is_not_handed_out_as_whole(tmp_path):
    address = fresh_address()
    store = S3ObjectStore(address, tmp_path)
    store.stat(KEY)
    connect(address).put_object(address.bucket, SHA256, io.BytesIO(LETTER[:-1] + b"?"), len(LETTER))

    with store.open(SHA256) as stream, pytest.raises(FileDamaged):
        stream.read()
    with pytest.raises(FileDamaged), store.at_hand(SHA256):
        pass


@servers
def test_an_upload_that_a_killed_writer_left_is_aborted(tmp_path):
    address = fresh_address()
    S3ObjectStore(address, tmp_path).stat(KEY)
    client = connect(address)
    client._create_multipart_upload(address.bucket, KEY, {})

    aborted = abort_unfinished(client, address.bucket, datetime.now(UTC) + timedelta(days=1), KEY)

    assert aborted == 1
    assert client._list_multipart_uploads(address.bucket, prefix=KEY).uploads == []


@servers
def test_200_mb_pass_up_and_down_in_flat_memory(tmp_path):
    address = fresh_address()
    url = f"s3://{address.key}:{address.secret}@{address.endpoint}/{address.bucket}?secure=false"
    script = """
import io, resource, sys
from pathlib import Path
from saraban.engines.object_store.s3 import Address, S3ObjectStore
class Zeros:
    left = 200_000_000
    def read(self, size=-1):
        given = min(self.left, size)
        self.left -= given
        return bytes(given)
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
store = S3ObjectStore(Address.read(sys.argv[1]), Path(sys.argv[2]))
store.put("warm", io.BytesIO(b"x"))
before = peak()
store.put("large", Zeros())
up = peak() - before
with store.open("large") as stream:
    size = 0
    while piece := stream.read(262144):
        size += len(piece)
print(size, up, peak() - before)
"""

    done = subprocess.run(
        [sys.executable, "-c", script, url, str(tmp_path)], capture_output=True, text=True, check=True
    )

    size, up, up_and_down = map(int, done.stdout.split())
    assert size == 200_000_000
    assert up < 64, f"{up} MB more while storing"
    assert up_and_down < 64


@servers
def test_a_store_that_is_absent_at_the_start_is_told_and_used_when_it_comes(tmp_path):
    port = free_port()
    address = Address.read(f"s3://saraban:password@127.0.0.1:{port}/letters?secure=false")
    store = S3ObjectStore(address, tmp_path / "scratch")

    with pytest.raises(Unavailable, match=f"127.0.0.1:{port}"):
        store.stat(KEY)
    with own_server("minio", tmp_path, port=port, user="saraban", password="password"):
        put(store, SHA256, LETTER)

        assert store.stat(SHA256).size == len(LETTER)


@servers
def test_a_store_that_goes_away_is_told_and_what_was_stored_is_there_when_it_is_back(tmp_path):
    port = free_port()
    with own_server("minio", tmp_path, port=port) as running:
        store = S3ObjectStore(Address.read(running.address), tmp_path / "scratch")
        put(store, SHA256, LETTER)
        running.kill()

        with pytest.raises(Unavailable):
            put(store, KEY, LETTER)
        with pytest.raises(Unavailable):
            store.open(SHA256)
        again = recipe.start(tmp_path, port)
        try:
            put(store, KEY, LETTER)
            with store.open(SHA256) as stream:
                assert stream.read() == LETTER
        finally:
            again.kill()


@servers
def test_reading_goes_on_where_it_broke_off_when_the_store_comes_back(tmp_path):
    port = free_port()
    content = b"0123456789abcdef" * 2_000_000
    key = hashlib.sha256(content).hexdigest()
    with own_server("minio", tmp_path, port=port) as running:
        store = S3ObjectStore(Address.read(running.address), tmp_path / "scratch")
        put(store, key, content)
        with store.open(key) as stream:
            first = stream.read(100_000)
            running.kill()
            again = recipe.start(tmp_path, port)
            try:
                assert first + stream.read() == content
            finally:
                again.kill()


@servers
def test_a_wrong_password_is_told_as_that_and_not_told_itself(tmp_path):
    address = fresh_address()
    wrong = Address(
        endpoint=address.endpoint, key=address.key, secret="not-the-password", bucket="letters", secure=False
    )

    with pytest.raises(Unavailable) as refused:
        S3ObjectStore(wrong, tmp_path).put(KEY, io.BytesIO(LETTER))

    assert "not-the-password" not in str(refused.value)
    assert "SignatureDoesNotMatch" in str(refused.value) or "AccessDenied" in str(refused.value)


@servers
def test_originals_and_checkpoints_are_locked_and_copies_made_of_them_are_not(tmp_path):
    address = fresh_address()
    store = S3ObjectStore(address, tmp_path, kept_days=30)
    for key, content in ((SHA256, LETTER), ("checkpoint-7", b"head"), (f"{SHA256}.page-1.png", b"picture")):
        put(store, key, content)
    client = connect(address)

    def delete_for_good(key):
        version = client.stat_object(address.bucket, key).version_id
        client.remove_object(address.bucket, key, version_id=version)

    for key in (SHA256, "checkpoint-7"):
        with pytest.raises(S3Error, match=r"WORM|retention"):
            delete_for_good(key)
    delete_for_good(f"{SHA256}.page-1.png")
    assert list(store.keys()) == sorted([SHA256, "checkpoint-7"])


@servers
@pytest.mark.parametrize("kept_days", [0, 30])
def test_kept_checkpoints_are_found_again_with_and_without_a_lock(tmp_path, kept_days):
    store = S3ObjectStore(fresh_address(), tmp_path, kept_days=kept_days)
    signed = [{"position": position, "signature": f"{position:064x}"} for position in (9, 7)]

    for one in signed:
        keep(store, one)

    assert list(kept_in(store)) == [signed[1], signed[0]]


@servers
def test_a_locked_checkpoint_stays_what_it_was_when_somebody_with_the_key_of_the_bucket_covers_it(tmp_path):
    address = fresh_address()
    signed = [{"position": position, "signature": f"{position:064x}"} for position in (7, 9)]
    names = [keep(S3ObjectStore(address, tmp_path, kept_days=30), one) for one in signed]
    client = Minio(address.endpoint, access_key=address.key, secret_key=address.secret, secure=False)
    written_first = client.stat_object(address.bucket, names[0]).version_id

    client.remove_object(address.bucket, names[0])
    client.put_object(address.bucket, names[1], io.BytesIO(b"{}"), 2)
    with pytest.raises(S3Error, match=r"WORM|retention"):
        client.remove_object(address.bucket, names[0], version_id=written_first)

    store = S3ObjectStore(address, tmp_path, kept_days=30)
    assert list(kept_in(store)) == signed
    assert keep(store, signed[0]) == names[0]


@servers
def test_a_large_original_can_be_locked_too(tmp_path):
    address = fresh_address()
    content = bytes(PART + 1)
    key = hashlib.sha256(content).hexdigest()

    put(S3ObjectStore(address, tmp_path, kept_days=30), key, content)

    until = connect(address).get_object_retention(address.bucket, key).retain_until_date
    assert until > datetime.now(UTC) + timedelta(days=29)


@servers
def test_a_bucket_that_cannot_lock_is_refused_when_objects_shall_be_locked(tmp_path):
    address = fresh_address()
    put(S3ObjectStore(address, tmp_path), SHA256, LETTER)

    with pytest.raises(BucketNotLocked):
        S3ObjectStore(address, tmp_path, kept_days=30).stat(SHA256)


@servers
def test_a_link_hands_out_the_object_under_its_name_for_a_while_and_nothing_else(tmp_path):
    address = fresh_address()
    store = S3ObjectStore(address, tmp_path, public_url=f"http://{address.endpoint}")
    put(store, SHA256, LETTER)
    put(store, KEY, b"another")

    url = store.link(SHA256, media_type="application/pdf", disposition="attachment; filename=a.pdf", seconds=60)

    with urllib.request.urlopen(url) as answer:
        assert answer.read() == LETTER
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == "attachment; filename=a.pdf"
    assert address.secret not in url
    for other in (url.replace(SHA256, KEY), url.replace("a.pdf", "b.pdf"), url.partition("?")[0]):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(other)
        assert refused.value.code == 403
        refused.value.close()


def test_without_an_address_for_browsers_there_is_no_link(tmp_path):
    store = S3ObjectStore(Address.read("s3://a:b@127.0.0.1:1/letters"), tmp_path)

    assert store.link(KEY, media_type="text/plain", disposition="inline", seconds=60) is None


def test_a_link_is_made_for_the_address_that_browsers_use(tmp_path):
    address = Address.read("s3://a:b@minio:9000/letters?secure=false")
    store = S3ObjectStore(address, tmp_path, public_url="https://files.example.go.th")

    url = store.link(KEY, media_type="text/plain", disposition="inline", seconds=60)

    assert urlsplit(url)[:3] == ("https", "files.example.go.th", "/letters/some-letter")
