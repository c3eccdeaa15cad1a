"""The central address: deliveries, receipts and quarantine."""

from __future__ import annotations

from portal.api.mail import (
    checked,
    deliveries,
    dismiss_quarantined,
    match_receipt,
    open_raw,
    quarantine,
    register_quarantined,
    retry_quarantined,
)

__all__ = [
    "checked",
    "deliveries",
    "dismiss_quarantined",
    "match_receipt",
    "open_raw",
    "quarantine",
    "register_quarantined",
    "retry_quarantined",
]
