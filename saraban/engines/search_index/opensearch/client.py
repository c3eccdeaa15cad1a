"""The `opensearch-py` client, and what its errors mean to the port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from saraban.broker.real_import import real_import
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreFull
from saraban.contracts.errors.search import QueryTooWide
from saraban.engines.search_index.opensearch.address import Address

if TYPE_CHECKING:
    import opensearchpy
else:
    opensearchpy = real_import("opensearchpy")

# It would write whole requests, and with them words of letters, to the journal.
vars(opensearchpy.connection.base)["logger"].disabled = True

ConflictError, NotFoundError = opensearchpy.exceptions.ConflictError, opensearchpy.exceptions.NotFoundError
RequestError, TransportError = opensearchpy.exceptions.RequestError, opensearchpy.exceptions.TransportError

SECONDS = 30.0
CONNECTIONS = 32
TRIES = 3
AGAIN = (502, 503, 504)
FULL = "cluster_block_exception"
"""What writing answers when the disk is fuller than the flood-stage mark."""

TOO_WIDE = ("maxClauseCount", "too_many_clauses")


def connect(address: Address) -> Any:
    """A client for the cluster. Nothing is asked of it yet."""
    return opensearchpy.OpenSearch(
        hosts=[{"host": host, "port": port} for host, port in address.nodes],
        http_auth=(address.user, address.password) if address.user else None,
        use_ssl=address.secure,
        ca_certs=address.ca or None,
        timeout=SECONDS,
        max_retries=TRIES - 1,
        retry_on_status=AGAIN,
        pool_maxsize=CONNECTIONS,
    )


@contextmanager
def answering(address: Address) -> Iterator[None]:
    """Tell what the cluster refused and that it is away: StoreFull, QueryTooWide, Unavailable."""
    try:
        yield
    except TransportError as error:
        if any(sign in str(error) for sign in TOO_WIDE):
            raise QueryTooWide from error
        if error.error == FULL:
            raise StoreFull from error
        host, port = address.nodes[0]
        raise Unavailable({"what": f"search index {host}:{port}: {_reason(error)}"}) from error


def _reason(error: Any) -> str:
    if isinstance(error.status_code, int):
        return f"{error.status_code} {error.error}"
    return type(error).__name__
