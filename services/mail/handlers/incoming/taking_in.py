"""Taking in one mail: its bytes are kept, then what it becomes is recorded. Only then is it done with.

Every step can be repeated. The ids of the letter and of the commands come from the SHA-256 of the mail, so the same
mail again, or the same mail after a crash at any moment, makes one letter.
"""

from __future__ import annotations

from collections.abc import Sequence

from saraban.broker.threads import in_thread
from saraban.contracts import ids
from saraban.contracts.actor import SYSTEM
from saraban.contracts.errors.log import VersionConflict
from saraban.contracts.events import mail as said
from services.mail.desk import Desk, Said
from services.mail.domain.becoming import BecomesLetter, Becoming
from services.mail.handlers.incoming.arriving import hand_to_registry, keep_raw
from services.mail.handlers.incoming.deciding import consequences, decide, name_of
from services.mail.handlers.incoming.matching import carries_token
from services.mail.handlers.incoming.outcome import Came, Outcome, came, letter_id_of, outcome_in
from services.mail.understanding import NotUnderstood, Understood, understand


def take_in(desk: Desk, raw: bytes, uid: str) -> Outcome:
    """Take in a mail, or answer what became of it when that was done before. Raises Unavailable; then repeat it."""
    mail = in_thread(came, raw, uid)
    known = what_became(desk, mail.sha256)
    if known is not None:
        return known
    read = in_thread(understand, raw, desk.limits)
    kept = keep_raw(desk, raw, read.subject)
    if isinstance(read, NotUnderstood):
        return to_quarantine(desk, mail, read)
    became, letter_id = settle(desk, mail.sha256, read)
    if isinstance(became, BecomesLetter):
        letter_id = hand_to_registry(desk, mail.sha256, read, became, kept)
    return _record(desk, mail, read, became, letter_id)


def what_became(desk: Desk, sha256: str) -> Outcome | None:
    """What became of a mail; None for one that was not taken in yet."""
    stream = ids.mail_stream(sha256)
    if not desk.registry.stream_versions([stream])[stream]:
        return None
    return outcome_in(desk.registry.commits(stream), sha256)


def to_quarantine(desk: Desk, mail: Came, read: NotUnderstood) -> Outcome:
    """Have a mail wait for a clerk. Its bytes are kept already."""
    fetched = said.MailFetched(
        sha256=mail.sha256,
        uid=mail.uid,
        size=mail.size,
        message_id=None,
        sender=read.sender,
        subject=read.subject,
        became="quarantine",
    )
    waits = said.MailQuarantined(sha256=mail.sha256, reason=read.reason, detail=read.detail)
    stream = ids.mail_stream(mail.sha256)
    return _say(desk, mail.sha256, [(stream, 1, fetched), (stream, 2, waits)])


def settle(desk: Desk, sha256: str, read: Understood) -> tuple[Becoming, str | None]:
    """What a mail becomes, and the letter of ours that it speaks of. A crash may have left a letter without the word
    that its mail was taken in; what else the mail might be by now, the letter settles it."""
    if in_thread(carries_token, read):
        desk.abreast()
    became, letter_id = in_thread(decide, desk.views, read)
    if isinstance(became, BecomesLetter):
        return became, letter_id
    stream = ids.letter_stream(letter_id_of(sha256))
    if desk.registry.stream_versions([stream])[stream]:
        return BecomesLetter(answers=None, acknowledged=None, answerable=False), None
    return became, letter_id


def _record(desk: Desk, mail: Came, read: Understood, became: Becoming, letter_id: str | None) -> Outcome:
    fetched = said.MailFetched(
        sha256=mail.sha256,
        uid=mail.uid,
        size=mail.size,
        message_id=read.message_id,
        sender=read.sender.address,
        subject=read.subject,
        became=name_of(became),
        letter_id=letter_id,
        flags=read.flags,
    )
    return _say(desk, mail.sha256, [(ids.mail_stream(mail.sha256), 1, fetched), *consequences(mail.sha256, became)])


def _say(desk: Desk, sha256: str, events: Sequence[Said]) -> Outcome:
    try:
        outcome = outcome_in([desk.say(f"mail:{sha256}:taken-in", SYSTEM, "take_in", events)], sha256)
    except VersionConflict:  # another process took the same mail in at the same time; what it recorded counts
        outcome = what_became(desk, sha256)
    assert outcome is not None
    return outcome
