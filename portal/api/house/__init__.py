"""About this API: its document, its problems, live events, parked work."""

from __future__ import annotations

from portal.api.house import document, parked, problems, retry_parked, stream

__all__ = ["document", "parked", "problems", "retry_parked", "stream"]
