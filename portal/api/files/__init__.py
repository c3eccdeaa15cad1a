"""Files on their way in and out."""

from __future__ import annotations

from portal.api.files import open_file, store_file

__all__ = ["open_file", "store_file"]
