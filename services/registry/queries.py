"""What the registry answers: a letter's page, lists, registers, the organisation. Access is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from saraban.contracts.access import CENTRAL, Audience, audience_from, may_see, officer_key, unit_key
from saraban.contracts.actor import Actor
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import LetterNotFound, UnknownChoice
from saraban.paging import continuation, next_page, page_size
from saraban.ports import Document, Found, Views
from services.registry.domain import books
from services.registry.views import LETTERS, NOTES, ORGANISATION, REGISTER, list_value

LISTS = ("tray", "received", "drafts", "to_sign", "outgoing")
EVERYONE = 100_000
SAME_FILE = 20


def letter_seen_by(views: Views, actor: Actor, letter_id: str) -> dict[str, Any]:
    """The letter's document. Raises LetterNotFound when it is absent or not for this actor."""
    doc = views.get(LETTERS, letter_id)
    if doc is None or not may_see(actor, _audience_of(doc)):
        raise LetterNotFound({"letter_id": letter_id})
    return dict(doc)


def letter_page(views: Views, actor: Actor, letter_id: str) -> dict[str, Any]:
    """Everything that the page of a letter shows, without its audience."""
    doc = letter_seen_by(views, actor, letter_id)
    secrecy = doc.pop("audience")["secrecy"]
    units = views.get_many(ORGANISATION, [f"unit:{one['unit_id']}" for one in doc["registrations"]])
    doc["registrations"] = [
        {**one, "unit_name": units.get(f"unit:{one['unit_id']}", {}).get("name", one["unit_id"])}
        for one in doc["registrations"]
    ]
    answer = views.get("answers", letter_id)
    doc["answered_by"] = answer["letter_id"] if answer else None
    doc["secrecy_level"] = secrecy
    return doc


def letters(
    views: Views, actor: Actor, which: str, limit: int = 50, continue_from: str | None = None
) -> dict[str, Any]:
    """One of the lists, newest first. Raises UnknownChoice, BadContinuation."""
    if which not in LISTS:
        raise UnknownChoice({"field": "which", "value": which, "choices": ", ".join(LISTS)})
    size = page_size(limit)
    values = _values(actor, which)
    found = views.find(LETTERS, "list", values, limit=size + 1, after=continuation(continue_from), descending=True)
    total = views.count(LETTERS, "list", values) if which in {"tray", "to_sign", "drafts"} else None
    return {"rows": [_row(one.doc) for one in found[:size]], "next": next_page(found, size), "total": total}


def letters_with_file(views: Views, actor: Actor, sha256: str) -> list[dict[str, Any]]:
    """The letters that hold a file, the newest first, as far as the actor may see them; at most twenty."""
    found = views.find(LETTERS, "file", [sha256], limit=SAME_FILE, descending=True)
    return [_row(one.doc) for one in found if may_see(actor, _audience_of(one.doc))]


def register_page(
    views: Views,
    actor: Actor,
    book: tuple[str, str, int],
    limit: int = 50,
    continue_from: str | None = None,
) -> dict[str, Any]:
    """A register (แบบ 13, แบบ 14) of (unit, kind, year), newest number first.

    Rows of letters that the actor may not see keep their number and hide the rest; officers of other units see none.
    """
    unit_id, kind, year = book
    if not (actor.has("registry_clerk", "auditor") or unit_key(unit_id) in actor.keys):
        raise NotAllowed
    size = page_size(limit)
    place = continuation(continue_from)
    found = views.find(REGISTER, "book", [f"{unit_id}:{kind}:{year}"], limit=size + 1, after=place, descending=True)
    docs = views.get_many(LETTERS, [one.doc["letter_id"] for one in found if one.doc["letter_id"]])
    notes = views.get_many(NOTES, [one.key for one in found])
    rows = [_register_row(actor, one, docs, notes.get(one.key)) for one in found[:size]]
    return {"rows": rows, "next": next_page(found, size)}


def organisation(views: Views, actor: Actor) -> dict[str, Any]:
    """Agency, units and officers; logins, roles and clearances for administrators only."""
    agency = views.get(ORGANISATION, "agency")
    units = [dict(one.doc) for one in views.find(ORGANISATION, "kind", ["unit"], limit=EVERYONE)]
    officers = [dict(one.doc) for one in views.find(ORGANISATION, "kind", ["officer"], limit=EVERYONE)]
    if not actor.has("administrator"):
        for one in officers:
            del one["login"], one["clearance"]
    return {"agency": dict(agency) if agency else None, "units": units, "officers": officers}


def stamp_facts(views: Views, doc: Mapping[str, Any], registered_for: str | None) -> dict[str, Any] | None:
    """What the receiving stamp (แบบ 12) says: agency, number and moment of the actor's unit, else of the first unit
    that numbered the letter; None when no number stands."""
    standing = [one for one in doc["registrations"] if not one["voided"]]
    if not standing:
        return None
    chosen = next((one for one in standing if one["unit_id"] == registered_for), standing[0])
    agency = views.get(ORGANISATION, "agency")
    return {
        "agency": agency["name"] if agency else "",
        "number": chosen["shown"],
        "registered_at": chosen["registered_at"],
    }


def open_year(now: datetime, *, starts_in_october: bool) -> int:
    """The year whose registers are open now."""
    return books.register_year(now, starts_in_october=starts_in_october)


def _values(actor: Actor, which: str) -> list[str]:
    keys: Sequence[str] = actor.keys
    match which:
        case "tray":
            keys = [key for key in actor.keys if key == CENTRAL]
        case "drafts":
            keys = [unit_key(actor.unit_id)]
        case "to_sign":
            keys = [officer_key(actor.officer_id)]
        case _:
            pass
    return [list_value(which, key, level) for key in keys for level in range(actor.clearance + 1)]


def _audience_of(doc: Document) -> Audience:
    return audience_from(doc["audience"]["keys"], doc["audience"]["secrecy"])


def _row(doc: Document) -> dict[str, Any]:
    particulars = doc["particulars"]
    standing = [one["shown"] for one in doc["registrations"] if not one["voided"]]
    return {
        "letter_id": doc["letter_id"],
        "direction": doc["direction"],
        "status": doc["status"],
        "subject": particulars["subject"],
        "number": doc["sent_number"] or particulars["number"],
        "sender": particulars["sender"],
        "addressee": particulars["addressee"],
        "dated": doc["dated"] or particulars["dated"],
        "urgency": particulars["urgency"],
        "deliver_by": particulars.get("deliver_by"),
        "secrecy": particulars["secrecy"],
        "shown": doc["sent_number"] or (standing[0] if standing else None),
        "channel": doc["channel"],
        "returned_reason": doc["returned_reason"],
        "at": doc["at"],
    }


def _register_row(actor: Actor, found: Found, docs: Mapping[str, Document], note: Document | None) -> dict[str, Any]:
    letter_id = found.doc["letter_id"] or (note["letter_id"] if note else None)
    doc = docs.get(letter_id) if letter_id else None
    row: dict[str, Any] = {
        "number": found.doc["number"],
        "registered_at": found.doc["at"],
        "voided": bool(note and note["voided"]),
        "letter_id": None,
        "hidden": doc is not None,
    }
    if doc is None or not may_see(actor, _audience_of(doc)):
        blank = dict.fromkeys(("letter_number", "dated", "sender", "addressee", "subject", "action", "remark"))
        return {**row, **blank, "shown": str(found.doc["number"]), "remark": note["reason"] if note else None}
    shown = _row(doc)
    return {
        **row,
        "hidden": False,
        "letter_id": letter_id,
        "shown": _shown(doc, found),
        "letter_number": shown["number"],
        "dated": shown["dated"],
        "sender": shown["sender"],
        "addressee": shown["addressee"] or ", ".join(one["name"] for one in doc["recipients"]),
        "subject": shown["subject"],
        "urgency": shown["urgency"],
        "deliver_by": shown["deliver_by"],
        "secrecy": shown["secrecy"],
        "action": doc["closed_reason"],
        "remark": note["reason"] if note and note["reason"] else doc["particulars"]["remark"],
    }


def _shown(doc: Document, found: Found) -> str:
    place = (found.doc["book_id"], found.doc["number"])
    for one in doc["registrations"]:
        if (one["book_id"], one["number"]) == place:
            return str(one["shown"])
    return str(doc["sent_number"] or found.doc["number"])
