"""Looking at a mail as it came."""

from __future__ import annotations

from saraban import tickets
from saraban.contracts import ids
from saraban.contracts.actor import Actor
from saraban.contracts.errors.mail import MailUnknown
from services.mail.desk import Desk
from services.mail.handlers.quarantine.waiting import Answer, must_be_clerk


def open_raw(desk: Desk, actor: Actor, sha256: str) -> Answer:
    """The way to the bytes of a mail at intake, for a few minutes: {path, name, media_type}. Raises NotAllowed,
    MailUnknown."""
    must_be_clerk(actor)
    if not desk.registry.commits(ids.mail_stream(sha256)):
        raise MailUnknown({"sha256": sha256})
    name, media_type = f"{sha256[:16]}.eml", "message/rfc822"
    now = desk.clock.now()
    path = tickets.file_path(desk.secret, now, sha256, name=name, media_type=media_type, download=True)
    return {"path": path, "name": name, "media_type": media_type}
