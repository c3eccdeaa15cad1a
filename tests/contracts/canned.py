"""What the services answer, one example for each act."""

from __future__ import annotations

from typing import Any

from tests.unit.portal.fakes import CLERK, CSRF

LETTER_ID = "01a207814b2bb2577f1cad"
NUMBERED = {
    "letter_id": LETTER_ID,
    "number": 12,
    "shown": "12/2569",
    "registered_at": "2026-11-23T02:15:00+00:00",
    "position": 40,
}
ROWS: dict[str, Any] = {"rows": [{"letter_id": LETTER_ID, "subject": "ขอความอนุเคราะห์ข้อมูลน้ำท่วม"}], "next": None}
MADE = {"letter_id": LETTER_ID, "position": 41}
LETTER = {
    "letter_id": LETTER_ID,
    "direction": "incoming",
    "status": "registered",
    "particulars": {"subject": "ขอความอนุเคราะห์ข้อมูลน้ำท่วม"},
    "files": [],
    "registrations": [],
    "version": 2,
}

ANSWERS: dict[tuple[str, str], Any] = {
    ("registry", "sign_in"): {"token": "t", "csrf": CSRF, "actor": CLERK, "expires_at": "2026-11-23T14:00:00+00:00"},
    ("registry", "tokens"): [{"token_id": "t1", "officer_id": "somying", "name": "สแกนเนอร์", "made_at": "2026-11-23"}],
    ("registry", "create_token"): {"token": "secret", "token_id": "t2"},
    ("registry", "receive"): NUMBERED,
    ("registry", "register"): NUMBERED,
    ("registry", "sign"): {**NUMBERED, "shown": "ศธ ๐๔๐๐๙/๑๒", "dated": "2026-11-23"},
    ("registry", "draft"): MADE,
    ("registry", "letter"): LETTER,
    ("registry", "letters"): ROWS,
    ("registry", "register_page"): ROWS,
    ("registry", "organisation"): {"agency": None, "units": [], "officers": []},
    ("registry", "reserve_numbers"): {"numbers": [13, 14], "position": 44},
    ("registry", "preview_draft"): {"path": "/files/x?ticket=t", "name": "draft.pdf", "media_type": "application/pdf"},
    ("registry", "open_file"): {"path": "/files/x?ticket=t", "name": "a.pdf", "media_type": "application/pdf"},
    ("routing", "circulate"): {"position": 42, "readers": 7},
    ("routing", "endorse"): {"position": 43, "endorsement_id": "e1", "action_id": None},
    ("routing", "inbox"): {**ROWS, "counts": {"waiting": 1, "unread": 1, "actions": 0}},
    ("routing", "circulation"): {
        "readers": [],
        "counts": {"all": 0, "read": 0, "acknowledged": 0},
        "units": [],
        "not_read": [],
        "actions": [],
        "endorsements": [],
        "mine": None,
    },
    ("routing", "history"): {"rows": [{"version": 1, "what": "letter.arrived"}], "next": None},
    ("routing", "readers"): ROWS,
    ("search", "search"): {"total": 0, "hits": [], "flags": []},
    ("mail", "quarantine"): ROWS,
    ("mail", "register_quarantined"): MADE,
    ("mail", "open_raw"): {"path": "/files/x?ticket=t"},
    ("mail", "deliveries"): {"rows": []},
    ("mail", "outgoing"): ROWS,
    ("mail", "checked"): {"mail_checked_at": None, "ok": True, "error": None},
    **{(service, "parked_retry"): True for service in ("registry", "routing", "search", "mail", "intake")},
    **{(service, "parked_list"): [] for service in ("registry", "routing", "search", "mail", "intake")},
}
