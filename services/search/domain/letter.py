"""What there is to find of a letter, folded from its stream."""

from __future__ import annotations

from dataclasses import dataclass, replace

from saraban.contracts.access import Audience, evolve_audience
from saraban.contracts.events import mail, registry, routing
from saraban.contracts.letters import FileRef, Particulars
from saraban.contracts.shapes import prepared


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as search knows it. `numbers` are all its register numbers as shown (ours, other units', the
    recipients'), the last of ours in `shown`; `written` what people wrote on it (endorsements, notes); `recipients`
    names; `at` the ISO time by which it sorts."""

    letter_id: str
    direction: str
    particulars: Particulars
    audience: Audience
    at: str
    shown: str = ""
    numbers: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    files: tuple[FileRef, ...] = ()


def evolve(letter: Letter | None, happened: object, at: str) -> Letter | None:
    """The letter after one more event of its stream, said at the ISO time `at`; None before its first."""
    match happened:
        case registry.LetterArrived():
            return _audible(_arrived(happened), happened)
        case registry.LetterDrafted():
            return _audible(_drafted(happened, at), happened)
    return None if letter is None else _audible(_changed(letter, happened), happened)


def _arrived(event: registry.LetterArrived) -> Letter:
    return Letter(
        letter_id=event.letter_id,
        direction="incoming",
        particulars=event.particulars,
        audience=Audience(),
        at=event.arrived_at,
        files=event.files,
    )


def _drafted(event: registry.LetterDrafted, at: str) -> Letter:
    return Letter(
        letter_id=event.letter_id,
        direction="outgoing",
        particulars=event.particulars,
        audience=Audience(),
        at=at,
        body=event.body,
        recipients=_names(event.recipients),
    )


def _changed(letter: Letter, happened: object) -> Letter:
    match happened:
        case registry.ParticularsCorrected():
            return replace(letter, particulars=happened.particulars)
        case registry.DraftRevised():
            recipients = _names(happened.recipients)
            return replace(letter, particulars=happened.particulars, body=happened.body, recipients=recipients)
        case registry.LetterRegistered():
            return _numbered(letter, happened.shown, happened.registered_at)
        case registry.LetterNumbered():
            particulars = replace(letter.particulars, number=happened.shown, dated=happened.dated)
            return replace(_numbered(letter, happened.shown, letter.at), particulars=particulars)
        case registry.FairCopyMade():
            return replace(letter, files=(*letter.files, happened.file))
        case routing.LetterEndorsed() | routing.ActionOrdered():
            return _written(letter, happened.text)
        case routing.LetterCirculated() | routing.ActionDone():
            return _written(letter, happened.note)
        case mail.ReceiptMatched() if happened.their_number:
            return replace(letter, numbers=(*letter.numbers, happened.their_number))
        case _:
            return letter


def _numbered(letter: Letter, shown: str, at: str) -> Letter:
    return replace(letter, shown=shown, numbers=(*letter.numbers, shown), at=at)


def _written(letter: Letter, text: str) -> Letter:
    return replace(letter, written=(*letter.written, text)) if text.strip() else letter


def _audible(letter: Letter, happened: object) -> Letter:
    return replace(letter, audience=evolve_audience(letter.audience, happened))


def _names(recipients: tuple[registry.Recipient, ...]) -> tuple[str, ...]:
    return tuple(one.name for one in recipients)
