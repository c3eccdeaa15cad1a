"""What a clerk does with mails that could not be understood: try again, make a letter by hand, dismiss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saraban import tickets
from saraban.broker.threads import in_thread
from saraban.contracts import ids
from saraban.contracts.actor import Actor
from saraban.contracts.cause import cause_of
from saraban.contracts.commit import Commit
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import OtherContentForKey, ReasonMissing
from saraban.contracts.errors.log import VersionConflict
from saraban.contracts.errors.mail import MailNotInQuarantine, MailUnknown
from saraban.contracts.events import mail as said
from services.mail.desk import Desk, Said
from services.mail.domain.becoming import BecomesLetter
from services.mail.incoming.arriving import arrive, hand_to_registry, keep_attachments
from services.mail.incoming.deciding import consequences, name_of
from services.mail.incoming.importing import read_stored
from services.mail.incoming.outcome import outcome_in
from services.mail.incoming.taking_in import settle
from services.mail.understanding import NotUnderstood, Understood, understand
from services.mail.understanding.contents import Attachment
from services.mail.understanding.mail import recoverable_files

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which clerk asks for what, under which command id."""

    actor: Actor
    command_id: str
    cause: str


def retry(desk: Desk, actor: Actor, command_id: str, sha256: str) -> Answer:
    """Try to understand a mail again; answers what became of it."""
    asked = Asked(actor=actor, command_id=command_id, cause=cause_of("retry_quarantined", sha256=sha256))
    history, done = _open(desk, asked, sha256)
    if done:
        return done
    raw, size = read_stored(desk, sha256)
    read = in_thread(understand, raw, desk.limits) if size <= desk.settings.mail_limit else None
    if not isinstance(read, Understood):
        return _still_waits(desk, asked, sha256, history, read)
    became, letter_id = settle(desk, sha256, read)
    if isinstance(became, BecomesLetter):
        letter_id = hand_to_registry(desk, sha256, read, became, _raw_file(sha256, size))
    released = said.MailReleased(sha256=sha256, how="retried", letter_id=letter_id, became=name_of(became))
    return _release(desk, asked, sha256, history, released, consequences(sha256, became))


def register(desk: Desk, actor: Actor, command_id: str, sha256: str, particulars: Mapping[str, Any]) -> Answer:
    """Make a letter of a mail with the particulars that a clerk read in it. Raises what the registry says of them."""
    cause = cause_of("register_quarantined", sha256=sha256, particulars=particulars)
    asked = Asked(actor=actor, command_id=command_id, cause=cause)
    history, done = _open(desk, asked, sha256)
    if done:
        return done
    raw, size = read_stored(desk, sha256) if _kept(history) else (b"", 0)
    files = [*keep_attachments(desk, _recovered(desk, raw, size)), *_raw_file(sha256, size)]
    letter_id = arrive(desk, sha256, {"particulars": dict(particulars), "files": files})
    released = said.MailReleased(sha256=sha256, how="registered", letter_id=letter_id, became="letter")
    return _release(desk, asked, sha256, history, released, [])


def dismiss(desk: Desk, actor: Actor, command_id: str, sha256: str, reason: str) -> Answer:
    """Say that a mail is no letter; its bytes stay."""
    reason = reason.strip()
    if not reason:
        raise ReasonMissing({"field": "reason"})
    cause = cause_of("dismiss_quarantined", sha256=sha256, reason=reason)
    asked = Asked(actor=actor, command_id=command_id, cause=cause)
    history, done = _open(desk, asked, sha256)
    if done:
        return done
    released = said.MailReleased(sha256=sha256, how="dismissed", reason=reason)
    return _release(desk, asked, sha256, history, released, [])


def open_raw(desk: Desk, actor: Actor, sha256: str) -> Answer:
    """The way to the bytes of a mail at intake, for a few minutes."""
    _must_be_clerk(actor)
    if not desk.registry.commits(ids.mail_stream(sha256)):
        raise MailUnknown({"sha256": sha256})
    name = f"{sha256[:16]}.eml"
    path = tickets.file_path(
        desk.secret, desk.clock.now(), sha256, name=name, media_type="message/rfc822", download=True
    )
    return {"path": path, "name": name, "media_type": "message/rfc822"}


def _open(desk: Desk, asked: Asked, sha256: str) -> tuple[Sequence[Commit], Answer | None]:
    """The history of a mail that waits in quarantine; or what this very command did to it before."""
    _must_be_clerk(asked.actor)
    history = desk.registry.commits(ids.mail_stream(sha256))
    for commit in history:
        if commit.command_id == asked.command_id:
            if commit.cause != asked.cause:
                raise OtherContentForKey
            return history, _answer(commit, sha256)
    outcome = outcome_in(history, sha256)
    if outcome is None:
        raise MailUnknown({"sha256": sha256})
    if not outcome.in_quarantine:
        raise MailNotInQuarantine({"sha256": sha256})
    return history, None


def _release(
    desk: Desk,
    asked: Asked,
    sha256: str,
    history: Sequence[Commit],
    released: said.MailReleased,
    more: Sequence[Said],
) -> Answer:
    stream = ids.mail_stream(sha256)
    try:
        events = [(stream, _version(history, stream) + 1, released), *more]
        return _answer(desk.say(asked.command_id, asked.actor, asked.cause, events), sha256)
    except VersionConflict:  # another clerk was faster
        raise MailNotInQuarantine({"sha256": sha256}) from None


def _still_waits(
    desk: Desk, asked: Asked, sha256: str, history: Sequence[Commit], read: NotUnderstood | None
) -> Answer:
    """The mail is as hard to understand as before; a new reason is noted."""
    outcome = outcome_in(history, sha256)
    if read is None or (outcome and outcome.reason == read.reason):
        return {**(outcome.wire() if outcome else {}), "position": history[-1].position}
    waits = said.MailQuarantined(sha256=sha256, reason=read.reason, detail=read.detail)
    commit = desk.say(asked.command_id, asked.actor, asked.cause, [(ids.mail_stream(sha256), 0, waits)])
    return _answer(commit, sha256)


def _recovered(desk: Desk, raw: bytes, size: int) -> Sequence[Attachment]:
    whole = 0 < size <= desk.settings.mail_limit
    return in_thread(recoverable_files, raw, desk.limits) if whole else ()


def _raw_file(sha256: str, size: int) -> list[dict[str, Any]]:
    if not size:
        return []
    return [{"sha256": sha256, "name": "mail.eml", "media_type": "message/rfc822", "size": size, "role": "mail"}]


def _kept(history: Sequence[Commit]) -> bool:
    """Whether there are bytes: an empty mail has none."""
    sizes = [one.data["size"] for commit in history for one in commit.events if one.type == "mail.fetched"]
    return any(sizes)


def _version(history: Sequence[Commit], stream: str) -> int:
    return max(one.version for commit in history for one in commit.events if one.stream == stream)


def _answer(commit: Commit, sha256: str) -> Answer:
    outcome = outcome_in([commit], sha256)
    return {**(outcome.wire() if outcome else {}), "position": commit.position}


def _must_be_clerk(actor: Actor) -> None:
    if not actor.has("registry_clerk"):
        raise NotAllowed
