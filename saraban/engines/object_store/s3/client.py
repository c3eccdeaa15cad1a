"""The `minio` client with two things added: it never overwrites an object, and its errors speak as the port's do."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from saraban.broker.real_import import real_import
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreFull
from saraban.engines.object_store.s3.address import Address

if TYPE_CHECKING:
    import minio
else:
    minio = real_import("minio")

urllib3: Any = vars(minio.api)["urllib3"]
S3Error = minio.error.S3Error
Retention, COMPLIANCE = minio.retention.Retention, minio.commonconfig.COMPLIANCE

CONNECT_SECONDS, READ_SECONDS = 3.0, 30.0
TRIES = 4
BACK_OFF = 0.2
"""Seconds; the pauses between the tries are 0, 2, 4 … times as long."""

CONNECTIONS = 32

ABSENT = {"NoSuchKey", "NoSuchObject"}
TAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "NoSuchUpload"}
"""What a write answers when another one was faster; NoSuchUpload when a repeated completion was the first one's."""

FULL = {"XMinioStorageFull", "XMinioStorageInsufficientSpace", "QuotaExceeded"}


class WriteOnceClient(minio.Minio):
    """A client that asks with every write of a whole object that there be none of that name (If-None-Match, RFC 9110).
    The store decides that under its own lock, so of two writers one wins."""

    def _execute(  # noqa: PLR0917 - the client's own signature
        self,
        method: str,
        bucket_name: str | None = None,
        object_name: str | None = None,
        body: bytes | None = None,
        headers: Any = None,
        query_params: Any = None,
        preload_content: bool = True,  # noqa: FBT001, FBT002
        no_body_trace: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        if object_name and _makes_an_object(method, query_params or {}):
            headers = {**(headers or {}), "If-None-Match": "*"}
        return super()._execute(
            method, bucket_name, object_name, body, headers, query_params, preload_content, no_body_trace
        )


def connect(address: Address, endpoint: str = "", *, secure: bool | None = None) -> WriteOnceClient:
    """A client for the store (or for the same store under another name). Nothing is asked of it yet."""
    retries = urllib3.Retry(total=TRIES - 1, backoff_factor=BACK_OFF, status_forcelist=[500, 502, 503, 504])
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    return WriteOnceClient(
        endpoint or address.endpoint,
        access_key=address.key,
        secret_key=address.secret,
        secure=address.secure if secure is None else secure,
        region=address.region,
        http_client=urllib3.PoolManager(timeout=timeout, maxsize=CONNECTIONS, retries=retries),
    )


@contextlib.contextmanager
def answering(endpoint: str) -> Iterator[None]:
    """Tell what the store refused and that it is away: StoreFull, Unavailable."""
    try:
        yield
    except S3Error as error:
        if error.code in FULL:
            raise StoreFull from error
        raise Unavailable({"what": f"object store {endpoint}: {error.code}"}) from error
    except (urllib3.exceptions.HTTPError, minio.error.MinioException) as error:
        raise Unavailable({"what": f"object store {endpoint}: {type(error).__name__}"}) from error


def _makes_an_object(method: str, query: Mapping[str, Any]) -> bool:
    return (method == "PUT" and not query) or (method == "POST" and "uploadId" in query)
