"""Taking in a mail whose bytes lie at intake already: one that an operator imports."""

from __future__ import annotations

from saraban.broker.threads import in_thread
from saraban.contracts.actor import Actor
from saraban.contracts.errors import NotAllowed
from services.mail.commands import ImportMail
from services.mail.desk import Desk
from services.mail.handlers.incoming.outcome import Came, Outcome
from services.mail.handlers.incoming.oversize import REASON, oversize
from services.mail.handlers.incoming.taking_in import take_in, what_became
from services.mail.understanding.mail import not_understood


def import_mail(desk: Desk, actor: Actor, command: ImportMail) -> Outcome:
    """Take in the stored mail, as if it had come to the mailbox. Raises FileUnknown, NotAllowed."""
    if not actor.has("system", "registry_clerk", "administrator"):
        raise NotAllowed
    sha256, uid = command.sha256, f"import:{command.name}"
    known = what_became(desk, sha256)
    if known is not None:
        return known
    raw, size = read_stored(desk, sha256)
    if size > desk.settings.mail_limit:
        read = in_thread(not_understood, REASON, f"{size}", raw)
        return oversize(desk, Came(sha256=sha256, size=size, uid=uid), read)
    return take_in(desk, raw, uid)


def read_stored(desk: Desk, sha256: str) -> tuple[bytes, int]:
    """The bytes of a stored mail, no more than the limit for reading, and their number in all."""
    kept = bytearray()
    size = 0
    for piece in desk.files.chunks(sha256):
        size += len(piece)
        if len(kept) + len(piece) <= desk.settings.mail_limit:
            kept += piece
    return bytes(kept), size
