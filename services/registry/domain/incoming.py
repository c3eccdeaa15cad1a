"""Incoming letters: arrived, checked, registered, corrected, voided, closed (ข้อ 35-38)."""

from __future__ import annotations

from datetime import datetime

from saraban.contracts.access import may_see
from saraban.contracts.actor import Actor
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import (
    AlreadyRegistered,
    LetterNotFound,
    NotInThisState,
    NotYourUnit,
    ReasonMissing,
    TopSecretFile,
)
from saraban.contracts.events import registry as said
from saraban.contracts.letters import FileRef, Particulars
from services.registry import commands
from services.registry.domain import books
from services.registry.domain.letter import Letter


def receive(
    command: commands.ReceiveLetter, actor: Actor, number: said.NumberIssued, now: datetime
) -> tuple[said.LetterArrived, said.LetterRegistered]:
    """A letter in the hand of a clerk: kept and numbered in one commit."""
    _may_register(actor, command.unit_id)
    check_files(command.particulars, command.files)
    arrived = said.LetterArrived(
        letter_id=command.letter_id,
        channel="upload",
        arrived_at=now.isoformat(timespec="seconds"),
        particulars=command.particulars,
        files=command.files,
    )
    return arrived, _registered(command.letter_id, command.unit_id, number, now)


def arrive(command: commands.ArriveLetter, actor: Actor, now: datetime) -> said.LetterArrived:
    """A letter that came by mail or exchange: kept at once, at any hour."""
    if not actor.has("system"):
        raise NotAllowed
    check_files(command.particulars, command.files)
    return said.LetterArrived(
        letter_id=command.letter_id,
        channel=command.channel,
        arrived_at=now.isoformat(timespec="seconds"),
        particulars=command.particulars,
        files=command.files,
        source=command.source,
        reply_to=command.reply_to,
        mail_message_id=command.mail_message_id,
        answers=command.answers,
    )


def register(
    letter: Letter, command: commands.RegisterLetter, actor: Actor, number: said.NumberIssued, now: datetime
) -> tuple[said.ParticularsCorrected | said.LetterRegistered, ...]:
    """A kept letter gets a unit's number; what the clerk confirmed or put right is kept with it."""
    _must_see(letter, actor)
    _may_register(actor, command.unit_id)
    standing = letter.registration_of(command.unit_id)
    if standing is not None:
        raise AlreadyRegistered({"shown": standing.shown})
    if letter.status == "closed":
        raise NotInThisState({"status": letter.status})
    registered = _registered(letter.letter_id, command.unit_id, number, now)
    if command.particulars is None or command.particulars == letter.particulars:
        return (registered,)
    check_files(command.particulars, letter.files)
    corrected = said.ParticularsCorrected(letter_id=letter.letter_id, particulars=command.particulars)
    return (corrected, registered)


def correct(
    letter: Letter, command: commands.CorrectParticulars, actor: Actor
) -> tuple[said.ParticularsCorrected, ...]:
    """What stands in the register is put right; nothing happens when nothing differs."""
    _must_see(letter, actor)
    if letter.outgoing:
        raise NotInThisState({"status": letter.status})
    if not actor.has("registry_clerk"):
        raise NotAllowed
    check_files(command.particulars, letter.files)
    if command.particulars == letter.particulars:
        return ()
    return (said.ParticularsCorrected(letter_id=letter.letter_id, particulars=command.particulars),)


def void(
    letter: Letter, command: commands.VoidRegistration, actor: Actor
) -> tuple[said.LetterVoided, said.NumberVoided]:
    """A unit cancels its number; the number is never given out again."""
    _must_see(letter, actor)
    _may_register(actor, command.unit_id)
    if not command.reason:
        raise ReasonMissing({"field": "reason"})
    standing = letter.registration_of(command.unit_id)
    if standing is None:
        raise NotInThisState({"status": letter.status})
    on_letter = said.LetterVoided(
        letter_id=letter.letter_id, book_id=standing.book_id, number=standing.number, reason=command.reason
    )
    in_notes = said.NumberVoided(
        book_id=standing.book_id, number=standing.number, letter_id=letter.letter_id, reason=command.reason
    )
    return on_letter, in_notes


def close(letter: Letter, command: commands.CloseLetter, actor: Actor) -> said.LetterClosed:
    """Nothing more is to be done about a registered or sent letter."""
    _must_see(letter, actor)
    if not actor.has("registry_clerk", "unit_registry", "head"):
        raise NotAllowed
    if letter.status not in {"registered", "sent"}:
        raise NotInThisState({"status": letter.status})
    return said.LetterClosed(letter_id=letter.letter_id, reason=command.reason)


def check_files(particulars: Particulars, files: tuple[FileRef, ...]) -> None:
    """A letter of the class ลับที่สุด never enters as a file."""
    if particulars.secrecy == "top_secret" and files:
        raise TopSecretFile({"field": "files"})


def _registered(letter_id: str, unit_id: str, number: said.NumberIssued, now: datetime) -> said.LetterRegistered:
    return said.LetterRegistered(
        letter_id=letter_id,
        unit_id=unit_id,
        book_id=number.book_id,
        number=number.number,
        shown=books.receive_number(number.number, number.book_id),
        registered_at=now.isoformat(timespec="seconds"),
    )


def _must_see(letter: Letter, actor: Actor) -> None:
    if letter.status == "absent" or not may_see(actor, letter.audience):
        raise LetterNotFound({"letter_id": letter.letter_id})


def _may_register(actor: Actor, unit_id: str) -> None:
    if actor.has("registry_clerk"):
        return
    if not actor.has("unit_registry"):
        raise NotAllowed
    if actor.unit_id != unit_id:
        raise NotYourUnit({"unit_id": unit_id})
