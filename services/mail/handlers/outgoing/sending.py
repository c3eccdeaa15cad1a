"""Sending what must leave, each mail once.

What must leave stands in the outbox, a view of the log. Before anything is sent the view is brought up to the log's
end; then the mail is handed over under its key; then the log is told. A crash in between repeats the handing over,
and the postman knows the key.
"""

from __future__ import annotations

from collections.abc import Iterator

from saraban import parking
from saraban.broker.threads import in_thread
from saraban.claims import claimed
from saraban.contracts import ids
from saraban.contracts.actor import SYSTEM
from saraban.contracts.errors import Invalid, SarabanError, Unavailable
from saraban.contracts.errors.files import FileUnknown
from saraban.contracts.errors.mail import MailNotWritten
from saraban.contracts.events import mail as said
from saraban.contracts.events.registry import AgencyNamed
from saraban.holding import held_before
from saraban.journal import journal
from services.mail.desk import Desk
from services.mail.domain.waits import is_last
from services.mail.handlers.outgoing.writing import Parcel, letter_parcel, receipt_parcel
from services.mail.understanding.addresses import is_mailable
from services.mail.views import shelves
from services.mail.views.shelves import Due

PAGE = 100
PATIENCE = 3
"""Mails in a row that could not leave; then the way out is taken to be closed, and the rest waits for the next run."""

log = journal(__name__)


def send_waiting(desk: Desk) -> int:
    """Send every mail that is due; answers how many left. One that cannot leave does not hold up the others."""
    desk.abreast()
    agency = in_thread(shelves.agency_of, desk.views)
    if agency is None or not is_mailable(agency.email):
        return 0
    left, refused_in_a_row = 0, 0
    for due in _all_due(desk):
        sent = _attempt(desk, agency, due)
        left += sent is True
        refused_in_a_row = refused_in_a_row + 1 if sent is False else 0
        if refused_in_a_row >= PATIENCE:
            break
    return left


def _all_due(desk: Desk) -> Iterator[Due]:
    now = desk.now()
    asked_before, released = in_thread(held_before, desk.views)
    for due in _in_order(desk, now):
        if due.asked_at >= asked_before or due.key in released:
            yield due


def _in_order(desk: Desk, now: str) -> Iterator[Due]:
    behind: tuple[str, str] | None = None
    while page := in_thread(desk.views.find, shelves.OUTBOX, "due", ["due"], limit=PAGE, after=behind):
        for found in page:
            if found.sort > now:
                return
            yield shelves.read_due(found.doc)
        behind = (page[-1].sort, page[-1].key)


def _attempt(desk: Desk, agency: AgencyNamed, due: Due) -> bool | None:
    """Send one mail: True when it left, False when the way was closed, None when there was nothing to do."""
    with claimed(desk.views, due.key, desk.clock.now()) as mine:
        if not mine or not _still_due(desk, due):
            return None
        try:
            parcel = _parcel(desk, agency, due)
            handed = in_thread(desk.postman.hand_over, due.key, parcel.sender, [parcel.to], parcel.raw)
        except Unavailable as error:
            _put_off(desk, due, error)
            return False
        except (Invalid, FileUnknown) as error:
            _give_up(desk, due, error.code)
            return None
        except Exception as error:  # one bad mail must not hold up the others
            log.exception("mail not sent", key=due.key)
            _put_off(desk, due, MailNotWritten({"what": type(error).__name__}))
            return None
        _say(desk, due, f"{due.key}:handed_over", _left(due, parcel, handed))
        return True


def _still_due(desk: Desk, due: Due) -> bool:
    """Whether the log, to its very end, still asks for this mail: another process may have sent it since."""
    stream = ids.letter_stream(due.letter_id)
    if in_thread(desk.views.applied, [stream])[stream] < desk.registry.stream_versions([stream])[stream]:
        desk.abreast()
    return in_thread(_is_due, desk, due)


def _is_due(desk: Desk, due: Due) -> bool:
    parked = desk.views.record(parking.TABLE, parking.stream_key(ids.letter_stream(due.letter_id)))
    return parked is None and desk.views.get(shelves.OUTBOX, due.key) is not None


def _parcel(desk: Desk, agency: AgencyNamed, due: Due) -> Parcel:
    letter = in_thread(shelves.letter_of, desk.views, due.letter_id)
    if letter is None:
        raise FileUnknown({"letter_id": due.letter_id})
    if due.delivery_id is None:
        return receipt_parcel(agency, letter, due)
    delivery = in_thread(shelves.delivery_of, desk.views, due.delivery_id)
    if delivery is None or letter.fair_copy is None:
        raise FileUnknown({"letter_id": due.letter_id})
    pdf = b"".join(desk.files.chunks(letter.fair_copy.sha256))
    return in_thread(letter_parcel, agency, letter, delivery, pdf)


def _left(due: Due, parcel: Parcel, handed: str) -> object:
    if due.delivery_id is None:
        return said.ReceiptSent(letter_id=due.letter_id, kind=due.kind or "", to=parcel.to, handed_over_as=handed)
    return said.MailHandedOver(
        letter_id=due.letter_id, delivery_id=due.delivery_id, message_id=parcel.message_id, handed_over_as=handed
    )


def _put_off(desk: Desk, due: Due, error: SarabanError) -> None:
    tries = due.tries + 1
    if is_last(tries):
        _give_up(desk, due, error.code)
        return
    log.warning("mail deferred", key=due.key, tries=tries, code=error.code)
    if due.delivery_id is None:
        put_off: object = said.ReceiptDeferred(
            letter_id=due.letter_id, kind=due.kind or "", tries=tries, reason=error.code
        )
    else:
        put_off = said.MailDeferred(
            letter_id=due.letter_id, delivery_id=due.delivery_id, tries=tries, reason=error.code
        )
    _say(desk, due, f"{due.key}:deferred:{tries}", put_off)


def _give_up(desk: Desk, due: Due, reason: str) -> None:
    log.error("mail given up", key=due.key, tries=due.tries, code=reason)
    if due.delivery_id is None:
        letter = in_thread(shelves.letter_of, desk.views, due.letter_id)
        to = (letter.reply_to if letter else None) or ""
        given_up: object = said.ReceiptGivenUp(letter_id=due.letter_id, kind=due.kind or "", to=to, reason=reason)
    else:
        given_up = said.MailGivenUp(
            letter_id=due.letter_id, delivery_id=due.delivery_id, tries=due.tries, reason=reason
        )
    _say(desk, due, f"{due.key}:given_up", given_up)


def _say(desk: Desk, due: Due, command_id: str, happened: object) -> None:
    desk.say(command_id, SYSTEM, "send_waiting", [(ids.letter_stream(due.letter_id), 0, happened)])
