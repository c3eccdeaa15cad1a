"""A mail that waits in quarantine, in the hands of a clerk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from saraban.contracts import ids
from saraban.contracts.actor import Actor
from saraban.contracts.commit import Commit
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import OtherContentForKey
from saraban.contracts.errors.log import VersionConflict
from saraban.contracts.errors.mail import MailNotInQuarantine, MailUnknown
from saraban.contracts.events import mail as said
from services.mail.commands import Asked
from services.mail.desk import Desk, Said
from services.mail.handlers.incoming.outcome import Outcome, outcome_in

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The mail, what the log tells of it so far, and for what command a clerk took it up. `answered` is what that very
    command did before, when it is repeated."""

    desk: Desk
    asked: Asked
    cause: str
    sha256: str
    history: Sequence[Commit]
    outcome: Outcome
    answered: Answer | None = None

    @property
    def has_bytes(self) -> bool:
        """Whether there is anything at intake: an empty mail has no bytes."""
        told = [one for commit in self.history for one in commit.events if one.type == "mail.fetched"]
        return any(one.data["size"] for one in told)

    def release(self, how: str, *, more: Sequence[Said] = (), **told: Any) -> Answer:
        """Take the mail out of quarantine. Raises MailNotInQuarantine when another clerk was faster."""
        stream = ids.mail_stream(self.sha256)
        last = max(one.version for commit in self.history for one in commit.events if one.stream == stream)
        released = said.MailReleased(sha256=self.sha256, how=how, **told)
        try:
            return self._say([(stream, last + 1, released), *more])
        except VersionConflict:
            raise MailNotInQuarantine({"sha256": self.sha256}) from None

    def keep(self, reason: str, detail: str) -> Answer:
        """Let it wait on, for a new reason."""
        waits = said.MailQuarantined(sha256=self.sha256, reason=reason, detail=detail)
        return self._say([(ids.mail_stream(self.sha256), 0, waits)])

    def as_before(self) -> Answer:
        """It waits on, and nothing is new."""
        return {**self.outcome.wire(), "position": self.history[-1].position}

    def raw_file(self, size: int) -> list[dict[str, Any]]:
        """The raw mail as a file of a letter."""
        named = {"name": "mail.eml", "media_type": "message/rfc822", "role": "mail"}
        return [{"sha256": self.sha256, "size": size, **named}] if size else []

    def _say(self, events: Sequence[Said]) -> Answer:
        return _answer(self.desk.say(self.asked.command_id, self.asked.actor, self.cause, events), self.sha256)


def take_up(desk: Desk, asked: Asked, cause: str, sha256: str) -> Waiting:
    """The mail for a clerk's command. Raises NotAllowed, MailUnknown, MailNotInQuarantine, OtherContentForKey."""
    must_be_clerk(asked.actor)
    history = desk.registry.commits(ids.mail_stream(sha256))
    outcome = outcome_in(history, sha256)
    if outcome is None:
        raise MailUnknown({"sha256": sha256})
    answered = next((_repeated(one, cause, sha256) for one in history if one.command_id == asked.command_id), None)
    if answered is None and not outcome.in_quarantine:
        raise MailNotInQuarantine({"sha256": sha256})
    return Waiting(
        desk=desk, asked=asked, cause=cause, sha256=sha256, history=history, outcome=outcome, answered=answered
    )


def must_be_clerk(actor: Actor) -> None:
    """Raises NotAllowed for whoever is not of the central registry."""
    if not actor.has("registry_clerk"):
        raise NotAllowed


def _repeated(commit: Commit, cause: str, sha256: str) -> Answer:
    if commit.cause != cause:
        raise OtherContentForKey
    return _answer(commit, sha256)


def _answer(commit: Commit, sha256: str) -> Answer:
    outcome = outcome_in([commit], sha256)
    return {**(outcome.wire() if outcome else {}), "position": commit.position}
