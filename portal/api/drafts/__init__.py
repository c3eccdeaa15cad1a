"""Outgoing letters, from draft to dispatch."""

from __future__ import annotations

from portal.api.drafts import draft, present, return_draft, revise, send, sign

__all__ = ["draft", "present", "return_draft", "revise", "send", "sign"]
