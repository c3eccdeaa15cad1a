"""What mail knows of a letter: of an incoming one what its sender is told, of an outgoing one what is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from saraban.contracts.access import Audience, evolve_audience
from saraban.contracts.events import registry as said
from saraban.contracts.letters import FileRef, Particulars
from saraban.contracts.shapes import prepared

RECEIPT_KINDS = ("arrived", "registered")


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter. Of an incoming one: where receipts go (`reply_to`, None for nowhere), which mail they answer, and
    the first receive number `registered`. Of an outgoing one: the owning unit, its number, date and fair copy."""

    letter_id: str
    outgoing: bool
    particulars: Particulars
    audience: Audience
    unit_id: str = ""
    reply_to: str | None = None
    mail_message_id: str | None = None
    arrived_at: str = ""
    registered: str | None = None
    registered_at: str = ""
    sent_number: str | None = None
    dated: str | None = None
    fair_copy: FileRef | None = None


def evolve(letter: Letter | None, happened: object) -> Letter | None:
    """The letter after one more event of its stream; None until it arrives or is drafted."""
    if letter is None:
        return _begun(happened)
    letter = replace(letter, audience=evolve_audience(letter.audience, happened))
    match happened:
        case said.ParticularsCorrected() | said.DraftRevised():
            return replace(letter, particulars=happened.particulars)
        case said.LetterRegistered() if letter.registered is None:
            return replace(letter, registered=happened.shown, registered_at=happened.registered_at)
        case said.LetterNumbered():
            return replace(letter, sent_number=happened.shown, dated=happened.dated)
        case said.FairCopyMade():
            return replace(letter, fair_copy=happened.file)
        case _:
            return letter


def wants_receipts(letter: Letter | None) -> bool:
    """Whether the sender of an incoming letter is told what becomes of it."""
    return letter is not None and not letter.outgoing and letter.reply_to is not None


def _begun(happened: object) -> Letter | None:
    match happened:
        case said.LetterArrived():
            return Letter(
                letter_id=happened.letter_id,
                outgoing=False,
                particulars=happened.particulars,
                audience=evolve_audience(Audience(), happened),
                reply_to=happened.reply_to,
                mail_message_id=happened.mail_message_id,
                arrived_at=happened.arrived_at,
            )
        case said.LetterDrafted():
            return Letter(
                letter_id=happened.letter_id,
                outgoing=True,
                particulars=happened.particulars,
                audience=evolve_audience(Audience(), happened),
                unit_id=happened.unit_id,
            )
        case _:
            return None
