"""The matrix: one row for each act of the API, and one more where an act knows different rights.

A row tells how to ask and who may. `sees` are those who may know of the thing at all: others get 404, and those of them
who may not act get 403. Without `sees` the act is about no letter: who may not gets 403.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from saraban.demo.organisation import AGENCY, DEMO_PASSWORD
from tests.integration.access.people import (
    EVERYONE,
    HEAD,
    LETTERS,
    MEMBERS,
    NOBODY,
    READERS,
    SEE_DRAFT,
    SEE_LETTER,
    SEE_SIGNED,
    with_role,
)
from tests.integration.access.scene import Scene, draft_body

Thing = dict[str, Any]
Rights = Collection[str] | Mapping[str, Collection[str]]

CLERKS = with_role("registry_clerk")
REGISTRIES = with_role("registry_clerk", "unit_registry")
LEADERS = with_role("registry_clerk", "unit_registry", "head")
OFFICE = with_role("registry_clerk", "unit_registry", "officer", "head")
ADMINISTRATORS = with_role("administrator")
PARTICULARS = {"subject": "หนังสือทดสอบสิทธิ์"}
REASON = {"reason": "ทดสอบสิทธิ์"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """`act` is the operation's id. `thing` makes what it is about, anew for each row and kind. `absent`: 404 tells
    those who may that there is no such thing."""

    act: str
    may: Rights
    sees: Mapping[str, Collection[str]] = field(default_factory=dict)
    thing: Callable[[Scene, str], Thing] = Scene.nothing
    body: Any = None
    query: str = ""
    absent: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        return LETTERS if self.sees else ("-",)

    def expected(self, person: str, kind: str) -> str:
        """`may`, `not found` or `forbidden`."""
        if person not in self.sees.get(kind, EVERYONE):
            return "not found"
        return "may" if person in self._may(kind) else "forbidden"

    def _may(self, kind: str) -> Collection[str]:
        return self.may[kind] if isinstance(self.may, Mapping) else self.may


def on_letter(act: str, may: Rights, body: Any = None, **more: Any) -> Row:
    return Row(act=act, may=may, sees=SEE_LETTER, thing=Scene.letter, body=body, **more)


def for_anyone(act: str, **more: Any) -> Row:
    return Row(act=act, may=EVERYONE, **more)


LETTER_ROWS = (
    on_letter("letter", EVERYONE),
    on_letter("history", EVERYONE),
    on_letter("circulation", EVERYONE),
    on_letter("readers", EVERYONE),
    on_letter("deliveries", EVERYONE),
    on_letter("open_file", EVERYONE),
    on_letter("mark_read", EVERYONE),
    on_letter("acknowledge", READERS),
    on_letter("endorse", OFFICE, {"text": "เพื่อโปรดทราบ"}),
    on_letter(
        "endorse",
        with_role("registry_clerk", "head"),
        {"text": "โปรดดำเนินการ", "order": "assign", "to": {"kind": "officer", "id": "somchai"}},
    ),
    on_letter("action_done", {kind: {head} for kind, head in HEAD.items()}, {"note": "เรียบร้อย"}),
    on_letter("circulate", LEADERS, {"to": [{"kind": "officer", "id": "somchai"}]}),
    on_letter("correct_particulars", CLERKS, lambda thing: {"particulars": PARTICULARS}),
    on_letter("register", REGISTRIES, {}),
    on_letter("void", REGISTRIES, REASON),
    on_letter("close", LEADERS, REASON),
)

DRAFT_ROWS = (
    Row(
        act="revise_draft",
        may=MEMBERS,
        sees=SEE_DRAFT,
        thing=Scene.draft,
        body=lambda thing: draft_body(thing["secrecy"]),
    ),
    Row(
        act="present_draft",
        may=MEMBERS,
        sees=SEE_DRAFT,
        thing=Scene.draft,
        body={"to_officer_id": "somchai"},
    ),
    Row(act="preview_draft", may=EVERYONE, sees=SEE_DRAFT, thing=Scene.draft),
    Row(
        act="return_draft",
        may={kind: {head} for kind, head in HEAD.items()},
        sees=SEE_DRAFT,
        thing=Scene.presented,
        body=REASON,
    ),
    Row(act="sign", may={kind: {head} for kind, head in HEAD.items()}, sees=SEE_DRAFT, thing=Scene.presented),
    Row(
        act="send",
        may={kind: MEMBERS[kind] | CLERKS for kind in LETTERS},
        sees=SEE_SIGNED,
        thing=Scene.signed,
    ),
    Row(
        act="match_receipt",
        may={kind: MEMBERS[kind] | CLERKS for kind in LETTERS},
        sees=SEE_SIGNED,
        thing=Scene.sent,
        body={"their_number": "7/2569"},
    ),
)

OTHER_ROWS = (
    Row(act="receive", may=REGISTRIES, body={"particulars": PARTICULARS}),
    Row(act="draft", may=OFFICE, body=draft_body("normal")),
    *(for_anyone("letters", query=f"which={one}") for one in ("tray", "received", "drafts", "to_sign", "outgoing")),
    for_anyone("inbox"),
    for_anyone("search", query="q=หนังสือ"),
    for_anyone("register_page"),
    Row(
        act="register_page",
        may={"somsri", "wichai", "auditor", "somchai", "malee", "prasit", "anan"},
        query="unit_id=licence",
    ),
    Row(
        act="reserve_numbers",
        may={"somsri", "wichai", "malee"},
        body={"unit_id": "licence", "count": 1, "reason": "จองไว้", "expires": "31 ธ.ค. 2569"},
    ),
    for_anyone("outgoing"),
    Row(act="quarantine", may=CLERKS),
    Row(act="open_raw", may=CLERKS, absent=True),
    Row(act="retry_quarantined", may=CLERKS, absent=True),
    Row(act="register_quarantined", may=CLERKS, body={"particulars": PARTICULARS}, absent=True),
    Row(act="dismiss_quarantined", may=CLERKS, body=REASON, absent=True),
    for_anyone("checked"),
    for_anyone("store_file", query="name=a.txt", body=b"x"),
    for_anyone("me"),
    for_anyone("change_password", body={"old": DEMO_PASSWORD, "new": DEMO_PASSWORD}),
    Row(act="sign_out", may=NOBODY),
    for_anyone("tokens"),
    for_anyone("create_token", body={"name": "โปรแกรมของฉัน"}),
    Row(
        act="create_token",
        may=ADMINISTRATORS | {"anan"},
        body={"name": "โปรแกรมของผู้อื่น", "officer_id": "anan"},
    ),
    for_anyone("organisation"),
    Row(act="name_agency", may=ADMINISTRATORS, body=AGENCY),
    Row(
        act="add_unit",
        may=ADMINISTRATORS,
        body={"unit_id": "annex", "name": "หน่วยใหม่", "short_name": "นม.", "code": "ศธ ๕๑๙๙"},
    ),
    Row(
        act="appoint_officer",
        may=ADMINISTRATORS,
        body={
            "officer_id": "newcomer",
            "login": "newcomer",
            "name": "นายมาใหม่",
            "title": "เจ้าหน้าที่",
            "unit_id": "legal",
            "roles": ["officer"],
        },
    ),
    Row(act="parked", may=ADMINISTRATORS),
    Row(act="retry_parked", may=ADMINISTRATORS, body={"key": "message:none"}, absent=True),
    for_anyone("stream"),
)

ROWS = (*LETTER_ROWS, *DRAFT_ROWS, *OTHER_ROWS)

PUBLIC = {"sign_in", "openapi", "problems"}
"""Acts that ask for no sign-in."""

ELSEWHERE = {"revoke_token": "test_a_token_is_revoked_by_its_officer_and_by_administrators"}
"""Acts with a test of their own."""
