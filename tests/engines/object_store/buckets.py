"""Buckets of their own on the shared MinIO."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from saraban.engines.object_store.s3 import Address, S3ObjectStore
from tests.servers import server


def fresh_address() -> Address:
    """A bucket that nobody has used."""
    return replace(Address.read(server("minio").address), bucket=f"test-{uuid.uuid4().hex[:12]}")


def fresh_store(folder: Path, **settings: Any) -> S3ObjectStore:
    """A store over a bucket that nobody has used; `folder` for its scratch files."""
    return S3ObjectStore(fresh_address(), folder, **settings)
