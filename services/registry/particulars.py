"""From what a person typed to the particulars of a letter: Thai normal form, real dates, known choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saraban.contracts.errors import Invalid
from saraban.contracts.errors.dates import DeadlineBeforeLetter
from saraban.contracts.errors.letters import BodyMissing, RecipientsMissing, SubjectMissing, TextTooLong, UnknownChoice
from saraban.contracts.events.registry import Recipient
from saraban.contracts.letters import KINDS, SECRECIES, URGENCIES, FileRef, Particulars
from saraban.thai.dates import bangkok, parse_date, parse_moment
from saraban.thai.normal_form import normal_form

LINE = 500
TEXT = 20_000
DELIVERY_CHANNELS = ("email", "paper")
FILE_ROLES = ("letter", "enclosure", "reference", "mail")


def read_particulars(typed: Mapping[str, Any]) -> Particulars:
    """The particulars behind a form or a message.

    Raises SubjectMissing, TextTooLong, UnknownChoice, or one of the errors of saraban.contracts.errors.dates.
    """
    subject = _line(typed, "subject")
    if not subject:
        raise SubjectMissing({"field": "subject"})
    dated = _date(typed.get("dated"))
    return Particulars(
        subject=subject,
        number=_line(typed, "number").removeprefix("ที่").lstrip(),
        dated=dated,
        sender=_line(typed, "sender"),
        addressee=_line(typed, "addressee"),
        kind=_choice(typed, "kind", KINDS, "external"),
        urgency=_choice(typed, "urgency", URGENCIES, "normal"),
        secrecy=_choice(typed, "secrecy", SECRECIES, "normal"),
        deliver_by=_deadline(typed.get("deliver_by"), dated),
        references=_lines(typed, "references"),
        enclosures=_lines(typed, "enclosures"),
        remark=_text(typed, "remark"),
    )


def read_files(typed: Sequence[Mapping[str, Any]]) -> tuple[FileRef, ...]:
    """The files of a letter. Raises UnknownChoice for an unknown role, TextTooLong for a name that is no name."""
    return tuple(
        FileRef(
            sha256=_line(one, "sha256"),
            name=_line(one, "name"),
            media_type=_line(one, "media_type"),
            size=int(one.get("size", 0)),
            role=_choice(one, "role", FILE_ROLES, "letter"),
        )
        for one in typed
    )


def read_body(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs of an outgoing letter. Raises BodyMissing when there is none."""
    body = tuple(text for one in paragraphs if (text := _bounded("body", normal_form(one).strip(), TEXT)))
    if not body:
        raise BodyMissing({"field": "body"})
    return body


def read_recipients(letter_id: str, typed: Sequence[Mapping[str, Any]]) -> tuple[Recipient, ...]:
    """The recipients of an outgoing letter, numbered within it. Raises RecipientsMissing, UnknownChoice."""
    recipients = tuple(
        Recipient(
            delivery_id=f"{letter_id}-{place}",
            name=_line(one, "name"),
            channel=_choice(one, "channel", DELIVERY_CHANNELS, "email"),
            address=_line(one, "address"),
        )
        for place, one in enumerate(typed, start=1)
    )
    if not recipients or not all(map(_reachable, recipients)):
        raise RecipientsMissing({"field": "recipients"})
    return recipients


def _reachable(recipient: Recipient) -> bool:
    if recipient.channel == "email":
        mailbox, _, domain = recipient.address.partition("@")
        return bool(recipient.name and mailbox and "." in domain and " " not in recipient.address)
    return bool(recipient.name and recipient.address)


def _line(typed: Mapping[str, Any], field: str) -> str:
    return " ".join(_bounded(field, normal_form(str(typed.get(field) or "")), LINE).split())


def _text(typed: Mapping[str, Any], field: str) -> str:
    return _bounded(field, normal_form(str(typed.get(field) or "")).strip(), TEXT)


def _lines(typed: Mapping[str, Any], field: str) -> tuple[str, ...]:
    cleaned = (_bounded(field, normal_form(str(one)).strip(), LINE) for one in typed.get(field) or ())
    return tuple(one for one in cleaned if one)


def _bounded(field: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise TextTooLong({"field": field, "limit": limit})
    return text


def _choice(typed: Mapping[str, Any], field: str, choices: Sequence[str], default: str) -> str:
    value = str(typed.get(field) or default)
    if value not in choices:
        raise UnknownChoice({"field": field, "value": value, "choices": ", ".join(choices)})
    return value


def _deadline(typed: str | None, dated: str | None) -> str | None:
    """ด่วนภายใน (ข้อ 28): the moment, with its time, by which the letter must be there; not before its own day."""
    if not typed or not typed.strip():
        return None
    try:
        deadline = parse_moment(typed)
    except Invalid as error:
        raise type(error)({**error.detail, "field": "deliver_by"}) from error
    if dated and bangkok(deadline).date().isoformat() < dated:
        raise DeadlineBeforeLetter({"field": "deliver_by"})
    return deadline.isoformat()


def _date(typed: str | None) -> str | None:
    return parse_date(typed).isoformat() if typed and typed.strip() else None
