"""Indexes of their own on the shared OpenSearch."""

from __future__ import annotations

import uuid
from dataclasses import replace

from saraban.engines.search_index.opensearch import Address, OpenSearchIndex
from tests.engines.search_index.letters import FIELDS
from tests.servers import server


def fresh_address() -> Address:
    """A prefix that nobody has used."""
    return replace(Address.read(server("opensearch").address), prefix=f"test-{uuid.uuid4().hex[:12]}")


def fresh_index() -> OpenSearchIndex:
    """An index that nobody has used."""
    return OpenSearchIndex(fresh_address(), FIELDS)
