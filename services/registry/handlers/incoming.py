"""Commands on incoming letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saraban.contracts import ids
from saraban.contracts.actor import Actor
from saraban.contracts.cause import cause_of
from saraban.contracts.commit import Commit
from services.registry import commands
from services.registry.clerk import Clerk, check_stored, happened_in, letter_of
from services.registry.domain import incoming
from services.registry.domain.organisation import Organisation
from services.registry.particulars import read_files, read_particulars
from services.registry.pen import Said, Streams

Typed = Mapping[str, Any]


def receive(
    clerk: Clerk, actor: Actor, command_id: str, particulars: Typed, files: Sequence[Typed], unit_id: str | None
) -> dict[str, Any]:
    """Keep and number a letter in one commit; answers its id and receive number."""
    read, kept = read_particulars(particulars), read_files(files)
    letter_id = ids.new_id()

    def decide(streams: Streams) -> list[Said]:
        unit = _registering_unit(clerk.chart.seen_by(streams), actor, unit_id)
        command = commands.ReceiveLetter(letter_id=letter_id, unit_id=unit, particulars=read, files=kept)
        now = clerk.clock.now()
        check_stored(streams, kept)
        number = clerk.next_number(streams, unit, "receive", letter_id, now)
        arrived, registered = incoming.receive(command, actor, number, now)
        letter = ids.letter_stream(letter_id)
        streams.begins(letter)
        return [(letter, arrived), (ids.book_stream(number.book_id), number), (letter, registered)]

    cause = cause_of("receive", particulars=particulars, files=files, unit_id=unit_id)
    return _numbered(clerk.write(command_id, actor, cause, decide))


def arrive(clerk: Clerk, actor: Actor, command_id: str, told: Typed) -> dict[str, Any]:
    """Keep a letter that came by itself; it waits in the tray."""
    command = commands.ArriveLetter(
        letter_id=told.get("letter_id") or ids.new_id(),
        particulars=read_particulars(told["particulars"]),
        files=read_files(told["files"]),
        channel=told["channel"],
        source=told.get("source"),
        reply_to=told.get("reply_to"),
        mail_message_id=told.get("mail_message_id"),
        answers=told.get("answers"),
    )

    def decide(streams: Streams) -> list[Said]:
        check_stored(streams, command.files)
        arrived = incoming.arrive(command, actor, clerk.clock.now())
        return [(ids.letter_stream(command.letter_id), arrived)]

    commit = clerk.write(command_id, actor, cause_of("arrive", source=command.source), decide)
    return {"letter_id": happened_in(commit, "letter.arrived")["letter_id"], "position": commit.position}


def register(
    clerk: Clerk, actor: Actor, command_id: str, letter_id: str, particulars: Typed | None, unit_id: str | None
) -> dict[str, Any]:
    """Confirm a kept letter and give it a unit's receive number."""
    read = read_particulars(particulars) if particulars else None

    def decide(streams: Streams) -> list[Said]:
        unit = _registering_unit(clerk.chart.seen_by(streams), actor, unit_id)
        command = commands.RegisterLetter(letter_id=letter_id, unit_id=unit, particulars=read)
        now = clerk.clock.now()
        number = clerk.next_number(streams, unit, "receive", letter_id, now)
        said = incoming.register(letter_of(streams, letter_id), command, actor, number, now)
        letter = ids.letter_stream(letter_id)
        return [(ids.book_stream(number.book_id), number), *((letter, one) for one in said)]

    cause = cause_of("register", letter_id=letter_id, particulars=particulars, unit_id=unit_id)
    return _numbered(clerk.write(command_id, actor, cause, decide))


def correct_particulars(
    clerk: Clerk, actor: Actor, command_id: str, letter_id: str, particulars: Typed
) -> dict[str, Any]:
    """Put right what stands in the register about a letter."""
    command = commands.CorrectParticulars(letter_id=letter_id, particulars=read_particulars(particulars))

    def decide(streams: Streams) -> list[Said]:
        said = incoming.correct(letter_of(streams, letter_id), command, actor)
        return [(ids.letter_stream(letter_id), one) for one in said]

    cause = cause_of("correct_particulars", letter_id=letter_id, particulars=particulars)
    return {"position": clerk.write(command_id, actor, cause, decide).position}


def void(
    clerk: Clerk, actor: Actor, command_id: str, letter_id: str, reason: str, unit_id: str | None = None
) -> dict[str, Any]:
    """Cancel a unit's number."""

    def decide(streams: Streams) -> list[Said]:
        unit = _registering_unit(clerk.chart.seen_by(streams), actor, unit_id)
        command = commands.VoidRegistration(letter_id=letter_id, unit_id=unit, reason=reason.strip())
        on_letter, in_notes = incoming.void(letter_of(streams, letter_id), command, actor)
        notes = ids.book_notes_stream(in_notes.book_id)
        return [(ids.letter_stream(letter_id), on_letter), (notes, in_notes)]

    cause = cause_of("void", letter_id=letter_id, reason=reason, unit_id=unit_id)
    return {"position": clerk.write(command_id, actor, cause, decide).position}


def close(clerk: Clerk, actor: Actor, command_id: str, letter_id: str, reason: str) -> dict[str, Any]:
    """Say that nothing more is to be done about a letter."""
    command = commands.CloseLetter(letter_id=letter_id, reason=reason.strip())

    def decide(streams: Streams) -> list[Said]:
        return [(ids.letter_stream(letter_id), incoming.close(letter_of(streams, letter_id), command, actor))]

    cause = cause_of("close", letter_id=letter_id, reason=reason)
    return {"position": clerk.write(command_id, actor, cause, decide).position}


def _registering_unit(organisation: Organisation, actor: Actor, unit_id: str | None) -> str:
    if unit_id:
        return organisation.unit(unit_id).unit_id
    return organisation.central_unit().unit_id if actor.has("registry_clerk") else actor.unit_id


def _numbered(commit: Commit) -> dict[str, Any]:
    registered = happened_in(commit, "letter.registered")
    return {
        "letter_id": registered["letter_id"],
        "number": registered["number"],
        "shown": registered["shown"],
        "registered_at": registered["registered_at"],
        "position": commit.position,
    }
