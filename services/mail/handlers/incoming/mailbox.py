"""Looking into the mailbox of the central address. Each mail is on its own: one that fails stops no other."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from saraban.broker.threads import in_thread
from saraban.contracts.errors import SarabanError, Unavailable
from saraban.contracts.errors.mail import MailGone, MailTooLarge
from saraban.journal import journal
from services.mail.desk import Desk
from services.mail.handlers.incoming.arriving import keep_raw
from services.mail.handlers.incoming.outcome import came
from services.mail.handlers.incoming.oversize import take_in_oversize
from services.mail.handlers.incoming.taking_in import take_in, to_quarantine
from services.mail.understanding import NotUnderstood

BATCH = 100
"""Mails taken in one look; the next look follows at once when there are more."""

AT_ONCE = 32
"""Mails taken in side by side, so that their commits are written in groups."""

LARGE = 4_000_000
"""Bytes. Larger mails are taken in one after the other, so that only one of them lies in memory."""

TRIES = 3
"""Looks in which a mail may fail for a reason of our own before a clerk gets it."""

CHECKS, INBOX = "checks", "inbox"

log = journal(__name__)


def check_mailbox(desk: Desk) -> None:
    """Take in the mails that wait, and note when and how the look went (`mail_checked_at`)."""
    try:
        uids = in_thread(desk.mailbox.waiting, BATCH + len(desk.box.left_alone))
        fresh = [uid for uid in uids if uid not in desk.box.left_alone][:BATCH]
        if fresh:
            desk.abreast()
    except (SarabanError, OSError) as error:
        log.warning("mailbox not read", error=_code(error))
        _note(desk, error=_code(error))
        return
    errors = [error for error in _each(desk, fresh) if error]
    _note(desk, error=next(iter([*errors, *desk.box.left_alone.values()]), None))
    if len(fresh) == BATCH and not errors:
        desk.ring("mailbox")


def checked(desk: Desk) -> dict[str, Any]:
    """When the mailbox was last looked into, whether that went well, and what was wrong (an error code)."""
    noted = desk.box.checked or in_thread(desk.views.record, CHECKS, INBOX)
    return dict(noted or {"mail_checked_at": None, "ok": False, "error": None})


def _each(desk: Desk, uids: list[str]) -> Iterable[str | None]:
    if len(uids) < 2:
        return [_take(desk, uid) for uid in uids]
    with ThreadPoolExecutor(min(AT_ONCE, len(uids))) as pool:
        return list(pool.map(lambda uid: _take(desk, uid), uids))


def _take(desk: Desk, uid: str) -> str | None:
    """Take one mail in and mark it as done, unless another process is at it; answers the code of what went wrong, if
    anything."""
    try:
        with desk.claims.alone(f"take:{uid}") as mine:
            if not mine:
                return None
            _take_in(desk, uid)
            in_thread(desk.mailbox.done, uid)
    except MailGone:
        return None
    except Unavailable as error:
        log.warning("mail left for later", uid=uid, code=error.code)
        return error.code
    except Exception as error:  # one bad mail must not stop the mailbox
        log.exception("mail not taken in", uid=uid)
        return _failed(desk, uid, error)
    desk.box.failures.pop(uid, None)
    return None


def _take_in(desk: Desk, uid: str) -> None:
    try:
        take_in(desk, _fetched(desk, uid, min(LARGE, desk.settings.mail_limit)), uid)
    except MailTooLarge as error:
        with desk.box.large:
            if error.detail["size"] <= desk.settings.mail_limit:
                take_in(desk, _fetched(desk, uid, desk.settings.mail_limit), uid)
            else:
                take_in_oversize(desk, uid, error.detail["size"])


def _fetched(desk: Desk, uid: str, limit: int) -> bytes:
    return in_thread(desk.mailbox.fetch, uid, limit).raw


def _failed(desk: Desk, uid: str, error: Exception) -> str:
    """Count a failure; the last one that is borne gives the mail to a clerk, or leaves it alone when even its bytes
    cannot be kept."""
    desk.box.failures[uid] = desk.box.failures.get(uid, 0) + 1
    if desk.box.failures[uid] < TRIES:
        return _code(error)
    try:
        _give_to_clerk(desk, uid, _code(error))
    except Exception as worse:  # what cannot even be kept stays in the mailbox, and the look is noted as not well
        log.exception("mail left alone", uid=uid)
        desk.box.left_alone[uid] = _code(worse)
        return _code(worse)
    return _code(error)


def _give_to_clerk(desk: Desk, uid: str, detail: str) -> None:
    raw = _fetched(desk, uid, desk.settings.mail_limit)
    keep_raw(desk, raw)
    to_quarantine(desk, in_thread(came, raw, uid), NotUnderstood(reason="processing_failed", detail=detail))
    in_thread(desk.mailbox.done, uid)


def _note(desk: Desk, *, error: str | None) -> None:
    """Remember a look; on disk only when a minute has passed or something changed, as the disk must sleep too."""
    noted: dict[str, Any] = {"mail_checked_at": desk.now(), "ok": error is None, "error": error}
    before = desk.box.checked
    desk.box.checked = noted
    if before is None or before["error"] != error or before["mail_checked_at"][:16] != noted["mail_checked_at"][:16]:
        desk.note(CHECKS, INBOX, noted)


def _code(error: Exception) -> str:
    return error.code if isinstance(error, SarabanError) else type(error).__name__
