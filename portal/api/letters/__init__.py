"""Incoming letters, and what every letter has."""

from __future__ import annotations

from portal.api.letters import close, correct_particulars, history, letter, letters, receive, register, void

__all__ = ["close", "correct_particulars", "history", "letter", "letters", "receive", "register", "void"]
