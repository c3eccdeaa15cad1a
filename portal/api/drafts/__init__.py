"""Outgoing letters, from draft to dispatch."""

from __future__ import annotations

from portal.api.drafts import draft, present, preview_draft, return_draft, revise, send, sign

__all__ = ["draft", "present", "preview_draft", "return_draft", "revise", "send", "sign"]
