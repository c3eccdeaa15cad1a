"""What became of a mail, as the log tells it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from saraban.contracts import codec, ids
from saraban.contracts.commit import Commit
from saraban.contracts.events import mail as said


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a mail: `letter`, `receipt`, `bounce`, `automatic`, `quarantine` (for `reason`), or `dismissed`
    from there; and the letter that it made or speaks of. `in_quarantine` tells whether it still waits for a clerk."""

    became: str
    letter_id: str | None = None
    reason: str = ""

    @property
    def in_quarantine(self) -> bool:
        """Whether a clerk must deal with it."""
        return self.became == "quarantine"

    def wire(self) -> dict[str, Any]:
        """The outcome as plain values."""
        return {"became": self.became, "letter_id": self.letter_id, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A mail as it came: the SHA-256 of its bytes, their number, and where it lay."""

    sha256: str
    size: int
    uid: str


def came(raw: bytes, uid: str) -> Came:
    """The mail with these bytes."""
    return Came(sha256=hashlib.sha256(raw).hexdigest(), size=len(raw), uid=uid)


def letter_id_of(sha256: str) -> str:
    """The id of the letter that the mail with this SHA-256 becomes, if it becomes one."""
    return sha256[:22]


def outcome_in(commits: Sequence[Commit], sha256: str) -> Outcome | None:
    """What became of a mail by these commits; None when they do not speak of it."""
    outcome: Outcome | None = None
    for happened in _about(commits, sha256):
        match happened:
            case said.MailFetched():
                outcome = Outcome(became=happened.became, letter_id=happened.letter_id)
            case said.MailQuarantined():
                outcome = Outcome(became="quarantine", reason=happened.reason)
            case said.MailReleased():
                outcome = Outcome(became=happened.became or happened.how, letter_id=happened.letter_id)
            case _:
                continue
    return outcome


def _about(commits: Sequence[Commit], sha256: str) -> Iterable[object]:
    stream = ids.mail_stream(sha256)
    recorded = (one for commit in commits for one in commit.events if one.stream == stream)
    return (codec.decode(one.type, one.type_version, one.data) for one in recorded)
