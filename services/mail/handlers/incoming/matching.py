"""Which delivery of ours a mail speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from saraban.ports import ViewReader
from saraban.thai.search_key import letter_number_key
from services.mail.domain.becoming import Match
from services.mail.domain.delivery import Delivery
from services.mail.tokens import tokens_in
from services.mail.understanding import Understood
from services.mail.understanding.addresses import domain_of
from services.mail.understanding.quoting import own_words
from services.mail.understanding.receipts import letter_numbers
from services.mail.views import shelves

MOST = 50
"""Numbers and tokens of one mail that are looked up."""


def find_match(views: ViewReader, mail: Understood) -> Match | None:
    """The delivery that a mail answers or reports: by the mail that it refers to, else by our token in its words or
    in the address that it was sent to, else by our letter's number when it comes from where that letter went."""
    if mail.bounce:
        return _by_tokens(views, (*mail.referred_ids, *mail.returned_ids, mail.text), "in_reply_to")
    return (
        _by_tokens(views, mail.referred_ids, "in_reply_to")
        or _by_tokens(views, (mail.subject, mail.text, *mail.addressed_to), "token")
        or _by_number(views, mail)
    )


def carries_token(mail: Understood) -> bool:
    """Whether a mail carries what may be a token of ours."""
    return bool(tokens_in((*mail.referred_ids, *mail.returned_ids, mail.subject, mail.text, *mail.addressed_to)))


def receipt_of(views: ViewReader, mail: Understood) -> str | None:
    """The incoming letter whose receipt of ours came back in a bounce, or None."""
    tokens = tokens_in((*mail.referred_ids, *mail.returned_ids, mail.text))[:MOST]
    found = views.find(shelves.LETTERS, "token", tokens, limit=1) if tokens else []
    return found[0].key if found else None


def is_our_own(views: ViewReader, mail: Understood) -> bool:
    """Whether we sent this mail ourselves, and it came back to us in a circle."""
    tokens = tokens_in([mail.message_id or ""])
    return bool(tokens) and any(
        views.find(table, "token", tokens, limit=1) for table in (shelves.DELIVERIES, shelves.LETTERS)
    )


def _by_tokens(views: ViewReader, texts: Iterable[str], matched_by: str) -> Match | None:
    tokens = tokens_in(texts)[:MOST]
    found = views.find(shelves.DELIVERIES, "token", tokens, limit=MOST) if tokens else []
    by_id = [shelves.read_delivery(one) for one in found]
    return _match(by_id[0], matched_by) if by_id else None


def _by_number(views: ViewReader, mail: Understood) -> Match | None:
    numbers = letter_numbers(f"{mail.subject}\n{own_words(mail.text)}")[:MOST]
    keys = [letter_number_key(number) for number in numbers]
    letters = views.find(shelves.LETTERS, "number", keys, limit=MOST) if keys else []
    sent = [one for letter in letters for one in shelves.deliveries_of(views, letter.key)]
    from_there = _from_address(sent, mail.sender.address) or _from_domain(sent, mail.sender.address)
    return _match(from_there[0], "letter_number") if len(from_there) == 1 else None


def _from_address(sent: list[Delivery], address: str) -> list[Delivery]:
    return [one for one in sent if one.channel == "email" and one.address.lower() == address.lower()]


def _from_domain(sent: list[Delivery], address: str) -> list[Delivery]:
    domain = domain_of(address)
    return [one for one in sent if one.channel == "email" and domain and domain_of(one.address) == domain]


def _match(delivery: Delivery, matched_by: str) -> Match:
    return Match(delivery_id=delivery.delivery_id, letter_id=delivery.letter_id, matched_by=matched_by)
