"""Making a letter of a mail by hand, with the particulars that a clerk read in it."""

from __future__ import annotations

from collections.abc import Sequence

from saraban.broker.threads import in_thread
from saraban.contracts.cause import cause_of
from services.mail.commands import Asked, RegisterQuarantined
from services.mail.desk import Desk
from services.mail.handlers.incoming.arriving import arrive, keep_attachments
from services.mail.handlers.incoming.importing import read_stored
from services.mail.handlers.quarantine.waiting import Answer, take_up
from services.mail.understanding.contents import Attachment
from services.mail.understanding.mail import recoverable_files


def register_quarantined(desk: Desk, asked: Asked, command: RegisterQuarantined) -> Answer:
    """The letter goes to the registry's tray, with the mail and what can be recovered from it as its files. Its sender
    is not answered: nobody is sure who that is. Raises what the registry says of the particulars."""
    told = dict(command.particulars)
    cause = cause_of("register_quarantined", sha256=command.sha256, particulars=told)
    waiting = take_up(desk, asked, cause, command.sha256)
    if waiting.answered:
        return waiting.answered
    raw, size = read_stored(desk, command.sha256) if waiting.has_bytes else (b"", 0)
    files = [*keep_attachments(desk, _recovered(desk, raw, size)), *waiting.raw_file(size)]
    letter_id = arrive(desk, command.sha256, {"particulars": told, "files": files})
    return waiting.release("registered", letter_id=letter_id, became="letter")


def _recovered(desk: Desk, raw: bytes, size: int) -> Sequence[Attachment]:
    whole = 0 < size <= desk.settings.mail_limit
    return in_thread(recoverable_files, raw, desk.limits) if whole else ()
