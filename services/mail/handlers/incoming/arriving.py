"""A mail that is a letter: its files go to intake, the letter to the registry's tray."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from saraban.broker.threads import in_thread
from saraban.contracts import ids
from saraban.contracts.actor import SYSTEM
from services.mail.desk import Desk
from services.mail.domain.becoming import BecomesLetter, is_document
from services.mail.handlers.incoming.outcome import letter_id_of
from services.mail.understanding import Understood
from services.mail.understanding.contents import Attachment
from services.mail.understanding.file_names import NAME_BYTES, safe_name, shortened
from services.mail.understanding.suggestions import suggest

LETTER_TYPES = ("application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "image/")
"""What the letter itself is most likely to be, the likeliest first; other files are its enclosures."""

File = dict[str, Any]


def keep_raw(desk: Desk, raw: bytes, subject: str = "") -> list[File]:
    """Keep every byte of a mail at intake; answers it as a file of a letter. An empty mail has no bytes to keep."""
    if not raw:
        return []
    stored = desk.files.put(
        io.BytesIO(raw), name=raw_name(subject), media_type="message/rfc822", size=len(raw), any_type=True
    )
    return [_as_file(stored, "mail")]


def raw_name(subject: str) -> str:
    """What the raw mail with this subject is called."""
    return shortened(f"{safe_name(subject.replace('/', '-')) or 'mail'}.eml", NAME_BYTES)


def keep_attachments(desk: Desk, attachments: Sequence[Attachment]) -> list[File]:
    """Keep the files of a mail at intake; answers them as files of a letter, the letter itself first."""
    kept = [_kept(desk, one) for one in attachments]
    main = _main(attachments, kept)
    rest = [{**file, "role": "enclosure"} for place, file in enumerate(kept) if place != main]
    return [{**kept[main], "role": "letter"}, *rest] if main is not None else rest


def hand_to_registry(desk: Desk, sha256: str, mail: Understood, became: BecomesLetter, raw: Sequence[File]) -> str:
    """Have the registry keep a letter with what the mail suggests of its particulars; answers the letter's id."""
    told = {
        "particulars": in_thread(suggest, mail, mail.flags),
        "files": [*keep_attachments(desk, mail.attachments), *raw],
        "reply_to": mail.reply_to if became.answerable else None,
        "mail_message_id": mail.message_id,
        "answers": became.answers,
    }
    return arrive(desk, sha256, told)


def arrive(desk: Desk, sha256: str, told: dict[str, Any]) -> str:
    """Have the registry keep the letter of a mail, once whatever happens; answers its id."""
    letter = {"letter_id": letter_id_of(sha256), "channel": "mail", "source": ids.mail_stream(sha256), **told}
    arrived = desk.registry.arrive(SYSTEM, f"mail:{sha256}:arrived", letter)
    return str(arrived["letter_id"])


def _kept(desk: Desk, attachment: Attachment) -> File:
    stored = desk.files.put(
        io.BytesIO(attachment.data),
        name=attachment.name,
        media_type=attachment.media_type,
        size=len(attachment.data),
        any_type=True,
    )
    return _as_file(stored, "enclosure")


def _as_file(stored: File, role: str) -> File:
    return {**{name: stored[name] for name in ("sha256", "name", "media_type", "size")}, "role": role}


def _main(attachments: Sequence[Attachment], kept: Sequence[File]) -> int | None:
    """The place of the letter itself among the files of a mail."""
    documents = [place for place, one in enumerate(attachments) if is_document(one)]
    for media_type in LETTER_TYPES:
        for place in documents:
            if kept[place]["media_type"].startswith(media_type):
                return place
    return None
