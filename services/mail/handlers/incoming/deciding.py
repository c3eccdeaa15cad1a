"""What a mail becomes, seen with mail's views, and what that says about letters of ours."""

from __future__ import annotations

from saraban.contracts import ids
from saraban.contracts.events import mail as said
from saraban.ports import ViewReader
from services.mail.desk import Said
from services.mail.domain import becoming
from services.mail.domain.becoming import Acknowledged, Becoming, Match
from services.mail.handlers.incoming.matching import find_match, is_our_own, receipt_of
from services.mail.understanding import Understood


def decide(views: ViewReader, mail: Understood) -> tuple[Becoming, str | None]:
    """What a mail becomes, and the letter of ours that it speaks of."""
    became = becoming.become(mail, find_match(views, mail), our_own=is_our_own(views, mail))
    match became:
        case becoming.BecomesReceipt():
            return became, became.acknowledged.match.letter_id
        case becoming.BecomesBounce():
            return became, became.match.letter_id if became.match else receipt_of(views, mail)
        case becoming.BecomesAutomatic():
            return became, became.letter_id
        case becoming.BecomesLetter():
            return became, None


def name_of(became: Becoming) -> str:
    """The word of MailFetched for what a mail became."""
    match became:
        case becoming.BecomesLetter():
            return "letter"
        case becoming.BecomesReceipt():
            return "receipt"
        case becoming.BecomesBounce():
            return "bounce"
        case becoming.BecomesAutomatic():
            return "automatic"


def consequences(sha256: str, became: Becoming) -> list[Said]:
    """What a mail says about letters of ours, for their streams."""
    match became:
        case becoming.BecomesReceipt(acknowledged=acknowledged):
            return [_receipt(sha256, acknowledged)]
        case becoming.BecomesLetter(acknowledged=Acknowledged() as acknowledged):
            return [_receipt(sha256, acknowledged)]
        case becoming.BecomesBounce(match=Match() as match, reason=reason):
            bounced = said.MailBounced(
                letter_id=match.letter_id, delivery_id=match.delivery_id, mail_sha256=sha256, reason=reason
            )
            return [(ids.letter_stream(match.letter_id), 0, bounced)]
        case _:
            return []


def _receipt(sha256: str, acknowledged: Acknowledged) -> Said:
    match = acknowledged.match
    received = said.ReceiptMatched(
        letter_id=match.letter_id,
        delivery_id=match.delivery_id,
        mail_sha256=sha256,
        their_number=acknowledged.their_number,
        matched_by=match.matched_by,
        words=acknowledged.words,
    )
    return (ids.letter_stream(match.letter_id), 0, received)
