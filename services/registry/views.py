"""What the registry remembers for its pages: letters, register rows and the organisation, kept up with the log.

`letters` holds one document a letter; its index `list` names the lists in which it stands, one value for each access
key and secrecy level, so that a list asks only for what the asker may see. `register` holds one row a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from saraban.contracts.access import Audience, audience_from, audience_to_wire, evolve_audience, officer_key, unit_key
from saraban.contracts.events import registry as said
from saraban.follow import Happened
from saraban.ports import Change, Put, ViewReader

LETTERS = "letters"
REGISTER = "register"
NOTES = "book_notes"
ORGANISATION = "organisation"

BLANK: dict[str, Any] = {
    "direction": "incoming",
    "status": "absent",
    "files": [],
    "registrations": [],
    "channel": None,
    "arrived_at": None,
    "reply_to": None,
    "sent_number": None,
    "dated": None,
    "body": [],
    "recipients": [],
    "closing": "",
    "signature": None,
    "presented_to": None,
    "returned_reason": None,
    "in_reply_to": None,
    "answered_by": None,
    "unit_id": None,
    "drafted_by": None,
    "fair_copy": False,
    "closed_reason": None,
    "at": "",
}


def letter_changes(happened: Happened, reader: ViewReader) -> Iterable[Change]:
    """One more event of a letter's stream."""
    event = happened.event
    known = reader.get(LETTERS, event.letter_id)
    doc = {**BLANK, **(known or {"letter_id": event.letter_id, "audience": audience_to_wire(Audience())})}
    audience = evolve_audience(_audience(doc), event)
    doc.update(_evolved(doc, event, happened.at))
    doc.update(audience=audience_to_wire(audience), version=happened.version)
    yield _put_letter(doc, audience)
    if isinstance(event, said.LetterSent) and doc["in_reply_to"]:
        yield Put(table="answers", key=doc["in_reply_to"], doc={"letter_id": event.letter_id})


def _evolved(doc: Mapping[str, Any], event: object, at: str) -> dict[str, Any]:
    match event:
        case said.LetterArrived():
            facts = _plain(event, "channel", "arrived_at", "particulars", "files", "reply_to")
            return {**facts, "status": "arrived", "at": at}
        case said.ParticularsCorrected():
            return _plain(event, "particulars")
        case said.LetterRegistered():
            fresh = {**_plain(event, "unit_id", "book_id", "number", "shown", "registered_at"), "voided": False}
            status = "registered" if doc["status"] in {"arrived", "voided"} else doc["status"]
            return {"registrations": [*doc["registrations"], fresh], "status": status, "at": at}
        case said.LetterVoided():
            return _voided(doc, event)
        case said.LetterClosed():
            return {"status": "closed", "closed_reason": event.reason}
        case _:
            return _evolved_outgoing(doc, event, at)


def _evolved_outgoing(doc: Mapping[str, Any], event: object, at: str) -> dict[str, Any]:
    match event:
        case said.LetterDrafted():
            facts = _plain(
                event, "unit_id", "drafted_by", "in_reply_to", "particulars", "body", "recipients", "closing"
            )
            return {**facts, "direction": "outgoing", "status": "draft", "at": at}
        case said.DraftRevised():
            return {**_plain(event, "particulars", "body", "recipients", "closing"), "at": at}
        case said.DraftPresented():
            return {"status": "presented", "presented_to": event.to_officer_id, "returned_reason": None, "at": at}
        case said.DraftReturned():
            return {"status": "draft", "presented_to": None, "returned_reason": event.reason, "at": at}
        case said.LetterSigned():
            signature = {**_plain(event, "officer_id", "name", "title", "content_hash"), "at": at}
            return {"status": "signed", "signature": signature, "at": at}
        case said.LetterNumbered():
            return {"sent_number": event.shown, "dated": event.dated}
        case said.FairCopyMade():
            return {"files": [*doc["files"], msgspec.to_builtins(event.file)], "fair_copy": True}
        case said.LetterSent():
            return {"status": "sent", "at": at}
        case _:
            return {}


def _voided(doc: Mapping[str, Any], event: said.LetterVoided) -> dict[str, Any]:
    place = (event.book_id, event.number)
    marked = [
        {**one, "voided": True, "void_reason": event.reason} if (one["book_id"], one["number"]) == place else one
        for one in doc["registrations"]
    ]
    standing = any(not one["voided"] for one in marked)
    return {"registrations": marked, "status": doc["status"] if standing else "voided"}


def _plain(event: object, *fields: str) -> dict[str, Any]:
    return {field: msgspec.to_builtins(getattr(event, field)) for field in fields}


def _audience(doc: Mapping[str, Any]) -> Audience:
    return audience_from(doc["audience"]["keys"], doc["audience"]["secrecy"])


def _put_letter(doc: Mapping[str, Any], audience: Audience) -> Put:
    return Put(
        table=LETTERS,
        key=doc["letter_id"],
        doc=doc,
        index={"list": _lists(doc, audience), "work": _work(doc), "file": [one["sha256"] for one in doc["files"]]},
        sort=doc["at"],
    )


def _lists(doc: Mapping[str, Any], audience: Audience) -> list[str]:
    match doc["direction"], doc["status"]:
        case "incoming", "arrived":
            return [list_value("tray", "role:registry_clerk", audience.secrecy)]
        case "incoming", _:
            return [list_value("received", key, audience.secrecy) for key in sorted(audience.keys)]
        case _, "draft":
            return [list_value("drafts", unit_key(doc["unit_id"]), audience.secrecy)]
        case _, "presented":
            return [
                list_value("drafts", unit_key(doc["unit_id"]), audience.secrecy),
                list_value("to_sign", officer_key(doc["presented_to"]), audience.secrecy),
            ]
        case _:
            return [list_value("outgoing", key, audience.secrecy) for key in sorted(audience.keys)]


def list_value(which: str, key: str, secrecy: int) -> str:
    """The index value of a letter in a list, for the holders of an access key."""
    return f"{which}|{key}|{secrecy}"


def _work(doc: Mapping[str, Any]) -> list[str]:
    return ["fair_copy"] if doc["status"] == "signed" and not doc["fair_copy"] else []


def number_changes(happened: Happened, reader: ViewReader) -> Iterable[Change]:
    """A number was taken: a row of the register."""
    del reader
    event = happened.event
    row = {"book_id": event.book_id, "number": event.number, "at": happened.at}
    row["letter_id"] = event.letter_id if isinstance(event, said.NumberIssued) else None
    key = f"{event.book_id}:{event.number:09d}"
    yield Put(table=REGISTER, key=key, doc=row, index={"book": [event.book_id]}, sort=f"{event.number:09d}")


def note_changes(happened: Happened, reader: ViewReader) -> Iterable[Change]:
    """Something was said about a number: it was voided, or a reserved one was used."""
    del reader
    event = happened.event
    if isinstance(event, said.NumberVoided | said.ReservedNumberUsed):
        note = {"letter_id": event.letter_id, "voided": isinstance(event, said.NumberVoided)}
        note["reason"] = event.reason if isinstance(event, said.NumberVoided) else ""
        yield Put(table=NOTES, key=f"{event.book_id}:{event.number:09d}", doc=note)


def organisation_changes(happened: Happened, reader: ViewReader) -> Iterable[Change]:
    """The organisation changed."""
    del reader
    event = happened.event
    match event:
        case said.AgencyNamed():
            kind, key, name = "agency", "agency", event.name
        case said.UnitAdded():
            kind, key, name = "unit", f"unit:{event.unit_id}", event.name
        case _:
            kind, key, name = "officer", f"officer:{event.officer_id}", event.name
    doc = msgspec.to_builtins(event)
    yield Put(table=ORGANISATION, key=key, doc=doc, index={"kind": [kind]}, sort=name)


LETTER_EVENTS = (
    "letter.arrived",
    "letter.particulars_corrected",
    "letter.registered",
    "letter.voided",
    "letter.closed",
    "letter.drafted",
    "letter.draft_revised",
    "letter.draft_presented",
    "letter.draft_returned",
    "letter.signed",
    "letter.numbered",
    "letter.fair_copy_made",
    "letter.sent",
    "letter.circulated",
    "letter.action_ordered",
)

PROJECTIONS = {
    **dict.fromkeys(LETTER_EVENTS, letter_changes),
    "book.number_issued": number_changes,
    "book.number_reserved": number_changes,
    "book.number_voided": note_changes,
    "book.reserved_number_used": note_changes,
    "agency.named": organisation_changes,
    "unit.added": organisation_changes,
    "officer.appointed": organisation_changes,
}
"""Wire name → what it changes in the registry's views."""
