"""The first version of an object. Who has the key of a bucket with object lock can take no version away, but can lay
another one, or a mark of deletion, over it; a checkpoint is what was written first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def names_of_all_versions(client: Any, bucket: str, prefix: str) -> Iterator[str]:
    """The names under which any version lies, in order, also those that were marked as deleted."""
    yield from sorted({str(one.object_name) for one in _versions(client, bucket, prefix)})


def first_version(client: Any, bucket: str, key: str) -> str | None:
    """The version of `key` that was written first; None when there is none, or the bucket keeps no versions."""
    found = [one for one in _versions(client, bucket, key) if one.object_name == key]
    newest_first = sorted(found, key=lambda one: one.last_modified, reverse=True)
    return newest_first[-1].version_id if newest_first else None


def _versions(client: Any, bucket: str, prefix: str) -> Iterator[Any]:
    listed = client.list_objects(bucket, prefix=prefix, recursive=True, include_version=True)
    return (one for one in listed if not one.is_delete_marker)
