"""The people of the matrix (from the demo agency) and what they may see.

The letters: `own` was circulated to the licensing bureau, `other` to the legal bureau, `classified` (ลับ) to the
licensing bureau. The drafts are of the licensing bureau (`own`), of the legal bureau (`other`), and a classified one of
the licensing bureau. สมชาย is the head above all bureaus.
"""

from __future__ import annotations

from saraban.demo.organisation import officers

PEOPLE = (
    "somsri",  # central registry, not cleared
    "wichai",  # central registry, cleared for secret letters
    "somchai",  # head of the agency, cleared for all
    "malee",  # registry of the licensing bureau
    "prasit",  # head of the licensing bureau, cleared for confidential letters
    "anan",  # officer of the licensing bureau
    "nida",  # officer of the legal bureau, cleared for confidential letters
    "manop",  # head of the legal bureau, cleared for secret letters
    "chujai",  # registry of a bureau that has none of the letters
    "admin",  # administrator
    "auditor",  # auditor
)

EVERYONE = frozenset(PEOPLE)
NOBODY: frozenset[str] = frozenset()
ROLES = {one["officer_id"]: set(one["roles"]) for one in officers()}
LETTERS = ("own", "other", "classified")

SEE_LETTER = {
    "own": {"somsri", "wichai", "somchai", "malee", "prasit", "anan", "auditor"},
    "other": {"somsri", "wichai", "somchai", "nida", "manop", "auditor"},
    "classified": {"wichai", "somchai", "prasit"},
}
SEE_DRAFT = {
    "own": {"somchai", "malee", "prasit", "anan"},
    "other": {"somchai", "nida", "manop"},
    "classified": {"somchai", "prasit"},
}
SEE_SIGNED = {
    "own": SEE_DRAFT["own"] | {"somsri", "wichai", "auditor"},
    "other": SEE_DRAFT["other"] | {"somsri", "wichai", "auditor"},
    "classified": SEE_DRAFT["classified"] | {"wichai"},
}
READERS = {"own": {"malee", "prasit", "anan"}, "other": {"nida", "manop"}, "classified": {"prasit"}}
UNIT = {"own": "licence", "other": "legal", "classified": "licence"}
HEAD = {"own": "prasit", "other": "manop", "classified": "prasit"}
MEMBERS = {"own": {"malee", "prasit", "anan"}, "other": {"nida", "manop"}, "classified": {"malee", "prasit", "anan"}}


def with_role(*roles: str) -> frozenset[str]:
    """Everyone who holds one of the roles."""
    return frozenset(one for one in PEOPLE if ROLES[one] & set(roles))
