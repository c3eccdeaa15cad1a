"""Who must see and do what."""

from __future__ import annotations

from portal.api.circulation import acknowledge, action_done, circulate, circulation, endorse, inbox, mark_read, readers

__all__ = ["acknowledge", "action_done", "circulate", "circulation", "endorse", "inbox", "mark_read", "readers"]
