"""Signing in and out, passwords and tokens."""

from __future__ import annotations

from portal.api.accounts import change_password, me, sign_in, sign_out, tokens

__all__ = ["change_password", "me", "sign_in", "sign_out", "tokens"]
