"""Registers and search."""

from __future__ import annotations

from portal.api.registers import register_page, reserve_numbers, search

__all__ = ["register_page", "reserve_numbers", "search"]
