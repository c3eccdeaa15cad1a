"""One letter of the demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from saraban.thai.dates import format_long, parse_moment
from saraban.thai.numbers import thai_digits

ADDRESSEE = "เลขาธิการคุรุสภา"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLetter:
    """An incoming letter: what stands on it, and whether its PDF is a scan (a picture without text)."""

    file_name: str
    number: str
    dated: date
    agency: str
    address: str
    subject: str
    body: tuple[str, ...]
    signer_name: str
    signer_title: str
    owner_unit: str
    telephone: str
    email: str = ""
    addressee: str = ADDRESSEE
    references: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    urgency: str = "normal"
    secrecy: str = "normal"
    deliver_by: str = ""
    scan: bool = False

    @property
    def sender(self) -> str:
        """The agency in one line."""
        return self.agency.replace("\n", " ")

    def particulars(self) -> dict[str, Any]:
        """What an officer would type from the paper; the fields of the registry's `receive`."""
        return {
            "subject": self.subject,
            "number": thai_digits(self.number),
            "dated": format_long(self.dated),
            "sender": self.sender,
            "addressee": self.addressee,
            "kind": "external",
            "urgency": self.urgency,
            "deliver_by": self.deliver_by or None,
            "secrecy": self.secrecy,
            "references": list(self.references),
            "enclosures": list(self.enclosures),
        }

    def on_paper(self) -> dict[str, Any]:
        """What the typesetter sets; the fields of ExternalLetter."""
        return {
            "agency": self.agency,
            "address": self.address,
            "number": self.number,
            "dated": self.dated.isoformat(),
            "subject": self.subject,
            "addressee": self.addressee,
            "references": self.references,
            "enclosures": self.enclosures,
            "body": self.body,
            "signer_name": self.signer_name,
            "signer_title": self.signer_title,
            "signed_by": self.signer_name,
            "owner_unit": self.owner_unit,
            "telephone": self.telephone,
            "email": self.email,
            "urgency": self.urgency,
            "deliver_by": parse_moment(self.deliver_by).isoformat() if self.deliver_by else None,
            "secrecy": self.secrecy,
        }
