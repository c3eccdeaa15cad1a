"""Repeating an act safely: the `Idempotency-Key` of a request names the command.

The registry answers a command that it knows with its first result, and refuses a key that comes again with another act
or other content (`command.other_content`).
"""

from __future__ import annotations

import re

from flask import request

from portal.session import FORM_TYPES
from saraban.contracts.errors.requests import IdempotencyKeyMissing, IdempotencyKeyNotValid

HEADER = "Idempotency-Key"
FIELD = "idempotency_key"
LIMIT = 200
_VISIBLE = re.compile(rf"[\x21-\x7e]{{1,{LIMIT}}}")


def command_id(officer_id: str) -> str:
    """The id of the command that this request gives, for this officer alone.

    Raises IdempotencyKeyMissing, IdempotencyKeyNotValid.
    """
    key = request.headers.get(HEADER)
    if key is None and request.mimetype in FORM_TYPES:
        key = request.form.get(FIELD)
    if not key:
        raise IdempotencyKeyMissing
    if not _VISIBLE.fullmatch(key):
        raise IdempotencyKeyNotValid({"limit": LIMIT})
    return f"{officer_id}:{key}"
