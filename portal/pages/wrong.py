"""An error as a form shows it: what to do about it, and the field to blame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.pages.language import language, named
from saraban.contracts.errors import SarabanError, http_status

FIELDS = {
    "letters.subject_missing": "subject",
    "letters.top_secret_file": "secrecy",
    "letters.body_missing": "body",
    "letters.recipients_missing": "recipients",
    "letters.secret_by_email": "recipients",
    "letters.reason_missing": "reason",
    "routing.no_addressee": "to",
    "routing.order_without_addressee": "to",
    "routing.addressee_without_order": "order",
    "routing.endorsement_empty": "text",
    "accounts.password_too_short": "new",
    "accounts.login_taken": "login",
}
"""Error code → the form's field that it speaks of, where the error does not name one."""

NAMED = ("status", "field", "reason")
"""Details that are stable codes and are said in words."""


class Wrong:
    """What a form shows of an error: `sentence`, the `field` to blame (empty for the whole form), `status`."""

    def __init__(self, error: SarabanError, date_field: str = "dated") -> None:
        self.sentence = _sentence(error)
        self.field = _field(error, date_field)
        self.status = http_status(error)


def _sentence(error: SarabanError) -> str:
    said = {name: _said(name, value, error.detail) for name, value in error.detail.items()}
    told = type(error)(said)
    return told.message_th if language() == "th" else told.message_en


def _said(name: str, value: Any, detail: Mapping[str, Any]) -> Any:
    if name == "choices":
        return ", ".join(named(str(detail.get("field")), one) for one in str(value).split(", "))
    return named(name, value) if name in NAMED and isinstance(value, str) else value


def _field(error: SarabanError, date_field: str) -> str:
    named_by_code = date_field if error.code.startswith("date.") else FIELDS.get(error.code, "")
    return str(error.detail.get("field") or named_by_code)
