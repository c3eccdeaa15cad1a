"""Commands on outgoing letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from saraban.contracts import ids
from saraban.contracts.actor import SYSTEM, Actor
from saraban.contracts.cause import cause_of
from saraban.contracts.errors.letters import NotInThisState
from saraban.contracts.events import registry as said
from saraban.contracts.letters import FileRef
from saraban.thai.dates import bangkok
from services.registry import commands
from services.registry.clerk import Clerk, happened_in, letter_of
from services.registry.domain import books, outgoing
from services.registry.domain.letter import Letter
from services.registry.particulars import read_body, read_particulars, read_recipients
from services.registry.pen import Said, Streams

Typed = Mapping[str, Any]
CLOSING = "ขอแสดงความนับถือ"


def draft(clerk: Clerk, actor: Actor, command_id: str, told: Typed) -> dict[str, Any]:
    """Begin an outgoing letter; answers its id."""
    letter_id = ids.new_id()
    command = commands.DraftLetter(
        letter_id=letter_id,
        particulars=read_particulars(told["particulars"]),
        body=read_body(told["body"]),
        recipients=read_recipients(letter_id, told["recipients"]),
        closing=told.get("closing") or CLOSING,
        in_reply_to=told.get("in_reply_to") or None,
    )

    def decide(streams: Streams) -> list[Said]:
        answered = letter_of(streams, command.in_reply_to) if command.in_reply_to else None
        return [(ids.letter_stream(letter_id), outgoing.draft(command, actor, answered))]

    commit = clerk.write(command_id, actor, cause_of("draft", **told), decide)
    return {"letter_id": happened_in(commit, "letter.drafted")["letter_id"], "position": commit.position}


def revise_draft(clerk: Clerk, actor: Actor, command_id: str, letter_id: str, told: Typed) -> dict[str, Any]:
    """Change a draft."""
    command = commands.ReviseDraft(
        letter_id=letter_id,
        particulars=read_particulars(told["particulars"]),
        body=read_body(told["body"]),
        recipients=read_recipients(letter_id, told["recipients"]),
        closing=told.get("closing") or CLOSING,
    )
    cause = cause_of("revise_draft", letter_id=letter_id, **told)
    return _on_letter(clerk, actor, command_id, cause, letter_id, lambda one: outgoing.revise(one, command, actor))


def present_draft(clerk: Clerk, actor: Actor, command_id: str, letter_id: str, to_officer_id: str) -> dict[str, Any]:
    """Ask a head to sign."""
    command = commands.PresentDraft(letter_id=letter_id, to_officer_id=to_officer_id)

    def decide(streams: Streams) -> list[Said]:
        head = clerk.chart.seen_by(streams).officer(to_officer_id)
        presented = outgoing.present(letter_of(streams, letter_id), command, actor, head)
        return [(ids.letter_stream(letter_id), presented)]

    cause = cause_of("present_draft", letter_id=letter_id, to_officer_id=to_officer_id)
    return {"position": clerk.write(command_id, actor, cause, decide).position}


def return_draft(clerk: Clerk, actor: Actor, command_id: str, letter_id: str, reason: str) -> dict[str, Any]:
    """Give a presented draft back for correction."""
    command = commands.ReturnDraft(letter_id=letter_id, reason=reason.strip())
    cause = cause_of("return_draft", letter_id=letter_id, reason=reason)
    return _on_letter(clerk, actor, command_id, cause, letter_id, lambda one: outgoing.give_back(one, command, actor))


def sign(clerk: Clerk, actor: Actor, command_id: str, letter_id: str) -> dict[str, Any]:
    """Sign a presented draft; signature, send number and date are one commit."""

    def decide(streams: Streams) -> list[Said]:
        letter = letter_of(streams, letter_id)
        outgoing.must_see(letter, actor)
        now = clerk.clock.now()
        number = clerk.next_number(streams, letter.unit_id, "send", letter_id, now)
        code = clerk.chart.seen_by(streams).unit(letter.unit_id).code
        shown = books.letter_number(code, number.number, thai_digits=clerk.settings.thai_digits)
        signed, numbered = outgoing.sign(letter, actor, number, shown, bangkok(now).date())
        stream = ids.letter_stream(letter_id)
        return [(stream, signed), (ids.book_stream(number.book_id), number), (stream, numbered)]

    commit = clerk.write(command_id, actor, cause_of("sign", letter_id=letter_id), decide)
    numbered = happened_in(commit, "letter.numbered")
    shown = {field: numbered[field] for field in ("letter_id", "number", "shown", "dated")}
    return {**shown, "position": commit.position}


def send(clerk: Clerk, actor: Actor, command_id: str, letter_id: str) -> dict[str, Any]:
    """Give a signed letter out for delivery; a reply closes the letter that it answers in the same commit."""

    def decide(streams: Streams) -> list[Said]:
        letter = letter_of(streams, letter_id)
        said_now: list[Said] = [(ids.letter_stream(letter_id), outgoing.send(letter, actor))]
        answered = letter_of(streams, letter.in_reply_to) if letter.in_reply_to else None
        if answered is not None and answered.status == "registered":
            closed = said.LetterClosed(letter_id=answered.letter_id, reason=f"ตอบแล้วตามหนังสือ {letter.sent_number}")
            said_now.append((ids.letter_stream(answered.letter_id), closed))
        return said_now

    commit = clerk.write(command_id, actor, cause_of("send", letter_id=letter_id), decide)
    return {"position": commit.position}


def keep_fair_copy(clerk: Clerk, letter_id: str, file: FileRef) -> int:
    """Record the PDF of a signed letter, once; answers the log position."""

    def decide(streams: Streams) -> list[Said]:
        if letter_of(streams, letter_id).status != "signed":
            raise NotInThisState({"status": letter_of(streams, letter_id).status})
        return [(ids.letter_stream(letter_id), said.FairCopyMade(letter_id=letter_id, file=file))]

    return clerk.write(f"fair-copy:{letter_id}", SYSTEM, "fair_copy", decide).position


def _on_letter(
    clerk: Clerk, actor: Actor, command_id: str, cause: str, letter_id: str, decide_one: Callable[[Letter], object]
) -> dict[str, Any]:
    def decide(streams: Streams) -> Sequence[Said]:
        return [(ids.letter_stream(letter_id), decide_one(letter_of(streams, letter_id)))]

    return {"position": clerk.write(command_id, actor, cause, decide).position}
