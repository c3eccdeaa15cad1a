"""Registers and search."""

from __future__ import annotations

from portal.api.registers import register_page, search

__all__ = ["register_page", "search"]
