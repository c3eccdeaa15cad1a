"""Outgoing letters: drafted, presented, signed and numbered, sent (ข้อ 41-44)."""

from __future__ import annotations

import hashlib
from datetime import date

import msgspec

from saraban.contracts.access import may_see
from saraban.contracts.actor import Actor
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import (
    LetterNotFound,
    NotInThisState,
    NotYourUnit,
    ReasonMissing,
    SecretByEmail,
    TopSecretFile,
)
from saraban.contracts.events import registry as said
from saraban.contracts.letters import Particulars
from services.registry import commands
from services.registry.domain.letter import Letter

WRITERS = ("registry_clerk", "unit_registry", "officer", "head")


def draft(command: commands.DraftLetter, actor: Actor, answered: Letter | None) -> said.LetterDrafted:
    """An officer begins a letter of their own unit; a reply only to a letter that they may see."""
    if not actor.has(*WRITERS):
        raise NotAllowed
    if answered is not None:
        must_see(answered, actor)
    _may_go(command.particulars, command.recipients)
    return said.LetterDrafted(
        letter_id=command.letter_id,
        unit_id=actor.unit_id,
        drafted_by=actor.officer_id,
        particulars=command.particulars,
        body=command.body,
        recipients=command.recipients,
        in_reply_to=command.in_reply_to,
        closing=command.closing,
    )


def revise(letter: Letter, command: commands.ReviseDraft, actor: Actor) -> said.DraftRevised:
    """An officer of the unit changes the draft while it lies with the unit."""
    _must_own(letter, actor, "draft")
    _may_go(command.particulars, command.recipients)
    return said.DraftRevised(
        letter_id=letter.letter_id,
        particulars=command.particulars,
        body=command.body,
        recipients=command.recipients,
        closing=command.closing,
    )


def present(
    letter: Letter, command: commands.PresentDraft, actor: Actor, head: said.OfficerAppointed
) -> said.DraftPresented:
    """The draft goes to a head, who alone can sign it or give it back."""
    _must_own(letter, actor, "draft")
    if "head" not in head.roles or head.clearance < letter.audience.secrecy:
        raise NotAllowed({"officer_id": head.officer_id})
    return said.DraftPresented(letter_id=letter.letter_id, to_officer_id=command.to_officer_id)


def give_back(letter: Letter, command: commands.ReturnDraft, actor: Actor) -> said.DraftReturned:
    """The head gives the draft back for correction."""
    _must_be_asked(letter, actor)
    if not command.reason:
        raise ReasonMissing({"field": "reason"})
    return said.DraftReturned(letter_id=letter.letter_id, reason=command.reason)


def sign(
    letter: Letter, actor: Actor, number: said.NumberIssued, shown: str, dated: date
) -> tuple[said.LetterSigned, said.LetterNumbered]:
    """The head signs; the send number and the date are taken in the same commit."""
    _must_be_asked(letter, actor)
    signed = said.LetterSigned(
        letter_id=letter.letter_id,
        officer_id=actor.officer_id,
        name=actor.name,
        title=actor.title,
        content_hash=content_hash(letter),
    )
    numbered = said.LetterNumbered(
        letter_id=letter.letter_id,
        unit_id=letter.unit_id,
        book_id=number.book_id,
        number=number.number,
        shown=shown,
        dated=dated.isoformat(),
    )
    return signed, numbered


def send(letter: Letter, actor: Actor) -> said.LetterSent:
    """The signed letter, with its fair copy made, goes out to its recipients."""
    must_see(letter, actor)
    if not actor.has("registry_clerk") and actor.unit_id != letter.unit_id:
        raise NotYourUnit({"unit_id": letter.unit_id})
    if letter.status != "signed" or letter.fair_copy is None:
        raise NotInThisState({"status": letter.status})
    return said.LetterSent(letter_id=letter.letter_id, recipients=letter.recipients)


def content_hash(letter: Letter) -> str:
    """SHA-256 over the canonical JSON of what is signed: particulars, body, closing and recipients."""
    signed = [letter.particulars, letter.body, letter.closing, letter.recipients]
    return hashlib.sha256(msgspec.json.encode(signed, order="sorted")).hexdigest()


def must_see(letter: Letter, actor: Actor) -> None:
    """Whoever may not see a letter learns nothing of it, not even that it exists."""
    if letter.status == "absent" or not may_see(actor, letter.audience):
        raise LetterNotFound({"letter_id": letter.letter_id})


def _must_own(letter: Letter, actor: Actor, status: str) -> None:
    must_see(letter, actor)
    if actor.unit_id != letter.unit_id or not actor.has(*WRITERS):
        raise NotYourUnit({"unit_id": letter.unit_id})
    if letter.status != status:
        raise NotInThisState({"status": letter.status})


def _must_be_asked(letter: Letter, actor: Actor) -> None:
    must_see(letter, actor)
    if letter.status != "presented":
        raise NotInThisState({"status": letter.status})
    if not actor.has("head") or letter.presented_to != actor.officer_id:
        raise NotAllowed


def _may_go(particulars: Particulars, recipients: tuple[said.Recipient, ...]) -> None:
    if particulars.secrecy == "top_secret":
        raise TopSecretFile({"field": "secrecy"})
    if particulars.secrecy != "normal" and any(one.channel == "email" for one in recipients):
        raise SecretByEmail({"field": "recipients"})
