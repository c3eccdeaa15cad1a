"""The state of one letter, folded from its stream, and what each state allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from saraban.contracts.access import Audience, evolve_audience
from saraban.contracts.events import registry as said
from saraban.contracts.letters import FileRef, Particulars
from saraban.contracts.registrations import Registration, Registrations, registered, voided


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as the registry's rules see it. `status`: absent, arrived, registered, voided, draft, presented,
    signed, sent or closed."""

    letter_id: str = ""
    status: str = "absent"
    particulars: Particulars = field(default_factory=lambda: Particulars(subject=""))
    files: tuple[FileRef, ...] = ()
    registrations: Registrations = ()
    audience: Audience = field(default_factory=Audience)
    unit_id: str = ""
    body: tuple[str, ...] = ()
    closing: str = ""
    recipients: tuple[said.Recipient, ...] = ()
    presented_to: str | None = None
    in_reply_to: str | None = None
    sent_number: str | None = None
    fair_copy: FileRef | None = None

    @property
    def outgoing(self) -> bool:
        """Whether we wrote it."""
        return bool(self.unit_id)

    def registration_of(self, unit_id: str) -> Registration | None:
        """The unit's own registration that still stands."""
        return next((one for one in self.registrations if one.unit_id == unit_id and not one.voided), None)


def fold(events: Iterable[object]) -> Letter:
    """The letter after all its events."""
    letter = Letter()
    for happened in events:
        letter = evolve(letter, happened)
    return letter


def evolve(letter: Letter, happened: object) -> Letter:
    """The letter after one more event; events that change nothing here leave it as it is."""
    letter = replace(letter, audience=evolve_audience(letter.audience, happened))
    match happened:
        case said.LetterArrived():
            return replace(
                letter,
                letter_id=happened.letter_id,
                status="arrived",
                particulars=happened.particulars,
                files=happened.files,
            )
        case said.ParticularsCorrected():
            return replace(letter, particulars=happened.particulars)
        case said.LetterRegistered():
            status, numbers = registered(letter.status, letter.registrations, happened)
            return replace(letter, status=status, registrations=numbers)
        case said.LetterVoided():
            status, numbers = voided(letter.status, letter.registrations, happened)
            return replace(letter, status=status, registrations=numbers)
        case said.LetterClosed():
            return replace(letter, status="closed")
        case _:
            return _evolve_outgoing(letter, happened)


def _evolve_outgoing(letter: Letter, happened: object) -> Letter:
    match happened:
        case said.LetterDrafted():
            return replace(
                _written(letter, happened),
                letter_id=happened.letter_id,
                unit_id=happened.unit_id,
                in_reply_to=happened.in_reply_to,
            )
        case said.DraftRevised():
            return _written(letter, happened)
        case said.DraftPresented():
            return replace(letter, status="presented", presented_to=happened.to_officer_id)
        case said.DraftReturned():
            return replace(letter, status="draft", presented_to=None)
        case said.LetterSigned():
            return replace(letter, status="signed")
        case said.LetterNumbered():
            return replace(letter, sent_number=happened.shown)
        case said.FairCopyMade():
            return replace(letter, fair_copy=happened.file, files=(*letter.files, happened.file))
        case said.LetterSent():
            return replace(letter, status="sent")
        case _:
            return letter


def _written(letter: Letter, happened: said.LetterDrafted | said.DraftRevised) -> Letter:
    return replace(
        letter,
        status="draft",
        particulars=happened.particulars,
        body=happened.body,
        recipients=happened.recipients,
        closing=happened.closing,
    )
