"""A draft between its form and the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from portal.pages.particulars import form_values, typed_particulars
from portal.words.dates import say_long_day

CLOSING = "ขอแสดงความนับถือ"
REPLY_OPENING = "ตามหนังสือที่อ้างถึง"

Draft = dict[str, Any]


def blank() -> Draft:
    """A draft with room for one recipient and one paragraph."""
    return {**form_values({}), "recipients": [_recipient()], "body": [""], "closing": CLOSING, "in_reply_to": ""}


def reply_to(letter: Mapping[str, Any]) -> Draft:
    """A draft that answers a letter: to its sender, about its subject, referring to it."""
    on = letter["particulars"]
    values = form_values({"subject": on["subject"], "addressee": on["sender"], "urgency": on["urgency"]})
    values |= {"references": _reference(on), "secrecy": on["secrecy"]}
    recipient = _recipient(name=on["sender"], address=letter.get("reply_to") or "")
    return {
        **values,
        "recipients": [recipient],
        "body": [REPLY_OPENING + " "],
        "closing": CLOSING,
        "in_reply_to": letter["letter_id"],
    }


def fresh(letter: Mapping[str, Any]) -> Draft:
    """A kept draft as its form shows it."""
    return {
        **form_values(letter["particulars"]),
        "recipients": [dict(one) for one in letter["recipients"]],
        "body": list(letter["body"]),
        "closing": letter["closing"],
        "in_reply_to": letter["in_reply_to"] or "",
    }


def form_of(form: MultiDict[str, str]) -> Draft:
    """A filled form as it shows itself again: everything as typed, empty paragraphs too."""
    texts = {
        name: form.get(name, "") for name in ("subject", "addressee", "urgency", "secrecy", "deliver_by", "references")
    }
    return {
        **form_values({}),
        **texts,
        "enclosures": form.get("enclosures", ""),
        "recipients": _recipients(form) or [_recipient()],
        "body": form.getlist("body") or [""],
        "closing": form.get("closing", ""),
        "in_reply_to": form.get("in_reply_to", ""),
    }


def typed_draft(form: MultiDict[str, str]) -> Draft:
    """A filled form as the registry takes it: empty paragraphs and rows left out."""
    return {
        "particulars": typed_particulars(form),
        "body": [text.strip() for text in form.getlist("body") if text.strip()],
        "recipients": [one for one in _recipients(form) if one["name"] or one["address"]],
        "closing": form.get("closing", "").strip() or CLOSING,
    }


def _recipients(form: MultiDict[str, str]) -> list[dict[str, str]]:
    columns = [form.getlist(f"recipient_{name}") for name in ("name", "channel", "address")]
    return [
        _recipient(name=name.strip(), channel=channel, address=address.strip())
        for name, channel, address in zip(*columns, strict=False)
    ]


def _recipient(name: str = "", channel: str = "email", address: str = "") -> dict[str, str]:
    return {"name": name, "channel": channel, "address": address}


def _reference(on: Mapping[str, Any]) -> str:
    """`หนังสือ <sender> ที่ <number> ลงวันที่ <date>`, as อ้างถึง has it."""
    parts = [f"หนังสือ{on['sender']}" if on["sender"] else "หนังสือ"]
    parts += [f"ที่ {on['number']}"] if on["number"] else []
    parts += [f"ลงวันที่ {say_long_day('th', on['dated'])}"] if on["dated"] else []
    return " ".join(parts)
