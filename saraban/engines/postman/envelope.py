"""What every postman asks of an envelope."""

from __future__ import annotations

import re
from collections.abc import Sequence

from saraban.contracts.errors.mail import RecipientNotMailable

_ADDRESS = re.compile(r"[^\s@<>,;\x00-\x1f\x7f]+@[^\s@<>,;\x00-\x1f\x7f]+")


def check_envelope(sender: str, recipients: Sequence[str]) -> None:
    """Raises RecipientNotMailable for an address that is none, or when there is no recipient. An empty sender is the
    null return path of RFC 5321, 4.5.5."""
    if not recipients:
        raise RecipientNotMailable({"address": ""})
    for address in (*([sender] if sender else []), *recipients):
        if not _ADDRESS.fullmatch(address):
            raise RecipientNotMailable({"address": address})
