"""The bucket: made when it is not there, checked for its lock, swept of uploads that nobody finished."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from saraban.contracts.errors.files import BucketNotLocked
from saraban.engines.object_store.s3.client import S3Error

LEFT_BEHIND = timedelta(days=1)
MADE_BY_ANOTHER = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}


def make_ready(client: Any, bucket: str, *, locked: bool) -> None:
    """Make the bucket unless it is there. Raises BucketNotLocked when objects shall be locked and it cannot do that."""
    if not client.bucket_exists(bucket):
        _make(client, bucket, locked=locked)
    if locked:
        _check_lock(client, bucket)
    abort_unfinished(client, bucket, datetime.now(UTC) - LEFT_BEHIND)


def abort_unfinished(client: Any, bucket: str, before: datetime, prefix: str = "") -> int:
    """Abort uploads begun before a moment, whose writers were killed; answers how many. MinIO lists uploads of one key
    only (`prefix`) and removes unfinished ones by itself after a day; other stores keep and charge them for ever."""
    listed = client._list_multipart_uploads(bucket, prefix=prefix)  # noqa: SLF001 - the client offers no other way
    old = [one for one in listed.uploads if one.initiated_time is not None and one.initiated_time < before]
    for one in old:
        client._abort_multipart_upload(bucket, one.object_name, one.upload_id)  # noqa: SLF001 - the same
    return len(old)


def _make(client: Any, bucket: str, *, locked: bool) -> None:
    try:
        client.make_bucket(bucket, object_lock=locked)
    except S3Error as error:
        if error.code not in MADE_BY_ANOTHER:
            raise


def _check_lock(client: Any, bucket: str) -> None:
    try:
        client.get_object_lock_config(bucket)
    except S3Error as error:
        if error.code != "ObjectLockConfigurationNotFoundError":
            raise
        raise BucketNotLocked({"bucket": bucket}) from error
