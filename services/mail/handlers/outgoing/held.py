"""Mail that is held back after a restore (see saraban/holding.py): what it is, letting it go, and saying that it had
left already."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from saraban.broker.threads import in_thread
from saraban.contracts import ids
from saraban.contracts.actor import SYSTEM, Actor
from saraban.contracts.errors import NotAllowed
from saraban.contracts.events import mail as said
from saraban.holding import held_before, release
from saraban.ports import Views
from services.mail.desk import Desk
from services.mail.tokens import message_id
from services.mail.understanding.addresses import domain_of
from services.mail.views import shelves
from services.mail.views.shelves import Due

LEFT_BEFORE = "before-restore"
"""How such a mail is said to have been handed over."""


def held_mail(desk: Desk, actor: Actor) -> list[dict[str, Any]]:
    """Each as {key, letter_id, to, asked_at}, in the order in which they would leave."""
    _check(actor)
    desk.abreast()
    return in_thread(lambda: [_told(desk.views, due) for due in _held(desk.views)])


def release_held(desk: Desk, actor: Actor, keys: Collection[str] | None) -> int:
    """Send the held mails of these keys, or all; answers how many may leave now."""
    _check(actor)
    desk.abreast()
    held = {due.key for due in in_thread(_held, desk.views)}
    in_thread(release, desk.views, keys)
    desk.ring("outbox")
    return len(held if keys is None else held & set(keys))


def settle_held(desk: Desk, actor: Actor, keys: Collection[str] | None) -> int:
    """Record that the held mails of these keys, or all, had left before the restore; answers how many."""
    _check(actor)
    desk.abreast()
    left = [due for due in in_thread(_held, desk.views) if keys is None or due.key in keys]
    for due in left:
        happened = in_thread(_left, desk.views, due)
        desk.say(f"{due.key}:handed_over", SYSTEM, "settle_held", [(ids.letter_stream(due.letter_id), 0, happened)])
    return len(left)


def _held(views: Views) -> list[Due]:
    asked_before, released = held_before(views)
    found = views.find(shelves.OUTBOX, "due", ["due"], limit=shelves.MANY) if asked_before else []
    dues = [shelves.read_due(one.doc) for one in found]
    return [due for due in dues if due.asked_at < asked_before and due.key not in released]


def _told(views: Views, due: Due) -> dict[str, Any]:
    return {"key": due.key, "letter_id": due.letter_id, "to": _to(views, due), "asked_at": due.asked_at}


def _to(views: Views, due: Due) -> str:
    delivery = shelves.delivery_of(views, due.delivery_id) if due.delivery_id else None
    if delivery is not None:
        return delivery.address
    letter = shelves.letter_of(views, due.letter_id)
    return (letter.reply_to if letter else None) or ""


def _left(views: Views, due: Due) -> object:
    if due.delivery_id is None:
        to = _to(views, due)
        return said.ReceiptSent(letter_id=due.letter_id, kind=due.kind or "", to=to, handed_over_as=LEFT_BEFORE)
    agency = shelves.agency_of(views)
    sent_as = message_id(due.key, domain_of(agency.email)) if agency else ""
    return said.MailHandedOver(
        letter_id=due.letter_id, delivery_id=due.delivery_id, message_id=sent_as, handed_over_as=LEFT_BEFORE
    )


def _check(actor: Actor) -> None:
    if not actor.has("administrator", "system"):
        raise NotAllowed
