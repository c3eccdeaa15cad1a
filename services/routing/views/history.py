"""The history of a letter: one entry per event of its stream, written once, with who, what and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from saraban.contracts.actor import Actor
from saraban.contracts.events import mail as said_by_mail
from saraban.contracts.events import registry as said_by_registry
from saraban.contracts.events import routing as said
from saraban.contracts.letters import Particulars
from saraban.follow import Happened
from saraban.paging import continuation, next_page, page_size
from saraban.ports import Found, Put, ViewReader
from services.routing.domain.letter import Letter
from services.routing.domain.matter import must_see
from services.routing.domain.people import People
from services.routing.views import shelves

TOLD: Mapping[type, tuple[str, ...]] = {
    said_by_registry.LetterArrived: ("channel",),
    said_by_registry.LetterRegistered: ("unit_id", "shown"),
    said_by_registry.LetterVoided: ("number", "reason"),
    said_by_registry.ClassifiedLetterRead: ("what",),
    said_by_registry.LetterDrafted: ("unit_id", "in_reply_to"),
    said_by_registry.DraftPresented: ("to_officer_id",),
    said_by_registry.DraftReturned: ("reason",),
    said_by_registry.LetterNumbered: ("unit_id", "shown", "dated"),
    said_by_registry.LetterClosed: ("reason",),
    said.LetterCirculated: ("circulation_id", "addressees", "note"),
    said.LetterEndorsed: ("endorsement_id", "text"),
    said.ActionOrdered: ("action_id", "order", "text", "to", "due"),
    said.ActionDone: ("action_id", "note"),
    said_by_mail.ReceiptSent: ("kind", "to"),
    said_by_mail.ReceiptDeferred: ("kind", "tries", "reason"),
    said_by_mail.ReceiptGivenUp: ("kind", "to", "reason"),
    said_by_mail.MailHandedOver: ("delivery_id",),
    said_by_mail.MailDeferred: ("delivery_id", "tries", "reason"),
    said_by_mail.MailGivenUp: ("delivery_id", "tries", "reason"),
    said_by_mail.MailBounced: ("delivery_id", "reason"),
    said_by_mail.ReceiptMatched: ("delivery_id", "their_number", "matched_by", "words"),
}
"""What the history tells of an event beside who and when; of the others it tells that they happened."""


def put_entry(happened: Happened, before: Letter | None, views: ViewReader) -> Put:
    """The entry of one event; `before` is the letter without it."""
    event, by = happened.event, happened.actor
    detail = {name: shelves.plain(getattr(event, name)) for name in TOLD.get(type(event), ())}
    entry = {
        "at": happened.at,
        "position": happened.position,
        "what": happened.type,
        "officer_id": by.get("officer_id"),
        "who": by.get("name", ""),
        "title": by.get("title", ""),
        "detail": {**detail, **_more(event, before, views)},
        "letter_id": event.letter_id,
        "cause": happened.cause,
    }
    return Put(
        table=shelves.HISTORY,
        key=f"{event.letter_id}:{happened.version:09d}",
        doc=entry,
        index={"letter": [event.letter_id], "command": [happened.command_id]},
        sort=f"{happened.version:09d}",
    )


def history(
    views: ViewReader,
    actor: Actor,
    letter_id: str,
    limit: int = 200,
    continue_from: str | None = None,
    *,
    newest_first: bool = False,
) -> dict[str, Any]:
    """A page of what happened to a letter, the first thing first or the last; `version` counts its events. Names are
    those of today, the actor's those of the day.

    Raises LetterNotFound, BadContinuation.
    """
    must_see(shelves.letter_of(views, letter_id), actor)
    size = page_size(limit)
    place = continuation(continue_from)
    found = views.find(shelves.HISTORY, "letter", [letter_id], limit=size + 1, after=place, descending=newest_first)
    people = _people_in((one.doc for one in found[:size]), views)
    return {"rows": [_row(one, people) for one in found[:size]], "next": next_page(found, size)}


def _row(entry: Found, people: People) -> dict[str, Any]:
    told = {name: entry.doc[name] for name in ("at", "what", "who", "title")}
    return {"version": int(entry.sort), **told, "detail": _named(entry.doc["detail"], people)}


def _more(event: object, before: Letter | None, views: ViewReader) -> dict[str, Any]:
    """What an entry tells that the event alone does not, or tells shorter."""
    match event:
        case said_by_registry.LetterArrived():
            return {"files": len(event.files)}
        case said_by_registry.ParticularsCorrected() if before is not None:
            return {"changed": _differing(before.particulars, event.particulars)}
        case said_by_registry.LetterVoided() if before is not None:
            place = (event.book_id, event.number)
            shown = [one.shown for one in before.registrations if (one.book_id, one.number) == place]
            return {"shown": shown[0] if shown else str(event.number)}
        case said_by_registry.LetterSent():
            return {"recipients": [{"name": one.name, "channel": one.channel} for one in event.recipients]}
        case said.LetterCirculated() | said.ActionOrdered():
            return {"readers": len(event.readers)}
        case said.ActionDone():
            action = shelves.action_of(views, event.action_id)
            return {"order": action.order, "to": shelves.plain(action.to)} if action else {}
        case _:
            return {}


def _differing(before: Particulars, after: Particulars) -> list[str]:
    return [one.name for one in fields(Particulars) if getattr(before, one.name) != getattr(after, one.name)]


def _people_in(entries: Iterable[Mapping[str, Any]], views: ViewReader) -> People:
    units: set[str] = set()
    officers: set[str] = set()
    for detail in (one["detail"] for one in entries):
        units |= {detail["unit_id"]} if detail.get("unit_id") else set()
        officers |= {detail["to_officer_id"]} if detail.get("to_officer_id") else set()
        for one in _addressees(detail):
            (units if one["kind"] == "unit" else officers).add(one["id"])
    return shelves.people_named(views, units, officers)


def _addressees(detail: Mapping[str, Any]) -> list[dict[str, str]]:
    """The addressees that a detail names; an e-mail address as `to` is none."""
    to = detail.get("to")
    return [*detail.get("addressees", ()), *([to] if isinstance(to, dict) else [])]


def _named(detail: Mapping[str, Any], people: People) -> dict[str, Any]:
    """The detail with a name beside each id."""
    named = dict(detail)
    if detail.get("unit_id"):
        named["unit"] = people.name_of(said.Addressee(kind="unit", id=detail["unit_id"]))
    if detail.get("to_officer_id"):
        named["to"] = people.name_of(said.Addressee(kind="officer", id=detail["to_officer_id"]))
    if isinstance(detail.get("to"), dict):
        named["to"] = _with_name(detail["to"], people)
    if "addressees" in detail:
        named["addressees"] = [_with_name(one, people) for one in detail["addressees"]]
    return named


def _with_name(addressee: Mapping[str, str], people: People) -> dict[str, str]:
    return {**addressee, "name": people.name_of(said.Addressee(kind=addressee["kind"], id=addressee["id"]))}
