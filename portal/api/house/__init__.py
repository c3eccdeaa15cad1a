"""About this API: its document, its problems, live events, parked work."""

from __future__ import annotations

from portal.api.house import document, problems, stream

__all__ = ["document", "problems", "stream"]
