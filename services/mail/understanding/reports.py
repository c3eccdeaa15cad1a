"""What a delivery report says (RFC 3464), and which mails a mail speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.mail.understanding.encoded_words import header_text
from services.mail.understanding.parameters import read_field
from services.mail.understanding.tree import Part

_MESSAGE_ID = re.compile(rb"<[^<>\s@]{1,250}@[^<>\s@]{1,250}>")
_IDS_READ = 200
_BODY_READ = 262_144


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The delivery report inside a mail: what was done (`failed`, `delayed` …), to whom, and why."""

    actions: frozenset[str] = frozenset()
    recipients: tuple[str, ...] = ()
    reason: str = ""


def read_report(whole: Part) -> Report:
    """The report that a mail carries; an empty one when it carries none."""
    blocks = [block for part in _leaves(whole, "message/delivery-status") for block in _blocks(part.body())]
    actions = frozenset(block["action"].split()[0].lower() for block in blocks if block.get("action"))
    recipients = [block.get("final-recipient") or block.get("original-recipient") or "" for block in blocks]
    reasons = [block.get("diagnostic-code") or block.get("status") or "" for block in blocks]
    return Report(
        actions=actions,
        recipients=tuple(one.rpartition(";")[2].strip().lower() for one in recipients if one),
        reason=next((reason for reason in reasons if reason), "")[:500],
    )


def referred_ids(whole: Part) -> tuple[str, ...]:
    """The Message-IDs that a mail answers, the nearest first (RFC 5322, 3.6.4)."""
    answered = _ids(whole.field("in-reply-to"))
    return tuple(dict.fromkeys([*answered, *reversed(_ids(whole.field("references")))]))


def returned_ids(whole: Part) -> tuple[str, ...]:
    """The Message-IDs that stand in the bodies of a bounce: in the mail that it returns, or quoted from it."""
    found: dict[str, None] = {}
    for part in _leaves(whole, ""):
        found.update(dict.fromkeys(_ids(part.body()[:_BODY_READ])))
    return tuple(found)[:_IDS_READ]


def own_id(whole: Part) -> str | None:
    """The Message-ID of a mail; a wrongly written one is cleaned rather than lost."""
    field = whole.field("message-id").strip()
    if ids := _ids(field):
        return ids[0]
    return header_text(field).text[:500] or None


def _ids(raw: bytes) -> list[str]:
    return [found.decode("ascii", "replace") for found in _MESSAGE_ID.findall(raw)[:_IDS_READ]]


def _leaves(part: Part, kind: str) -> Iterator[Part]:
    if not part.is_multipart() and part.content_type.value.startswith(kind):
        yield part
    for child in part.children():
        yield from _leaves(child, kind)


def _blocks(raw: bytes) -> Iterator[dict[str, str]]:
    """The groups of fields of a delivery report, one for the mail and one for each recipient."""
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", raw[:_BODY_READ])
    for block in re.split(rb"(?:\r?\n){2,}", unfolded):
        fields = (line.partition(b":") for line in block.splitlines())
        yield {read_field(name).value: header_text(value).text for name, _, value in fields}
