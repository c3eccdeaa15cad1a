"""A letter as a sheet of paper on the screen, in the form of an external letter (แบบที่ 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.calls import ask
from portal.session import required
from portal.words.dates import say_long_day


def paper_of(draft: Mapping[str, Any], letter: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the sheet shows. A paper speaks Thai whatever the page speaks."""
    organisation = ask("registry", "organisation")
    unit_id = letter["unit_id"] if letter else required().actor.unit_id
    unit: Mapping[str, Any] = next((one for one in organisation["units"] if one["unit_id"] == unit_id), {})
    signature = letter["signature"] if letter else None
    return {
        **draft,
        "agency": organisation["agency"] or {},
        "unit": unit,
        "number": (letter or {}).get("sent_number") or "",
        "day": say_long_day("th", letter["dated"]) if letter and letter["dated"] else "",
        "references": _lines(draft["references"]),
        "enclosures": _lines(draft["enclosures"]),
        "signer": signature or _asked_to_sign(organisation, letter),
        "signed": bool(signature),
    }


def _asked_to_sign(organisation: Mapping[str, Any], letter: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    asked = letter["presented_to"] if letter else None
    found = (one for one in organisation["officers"] if one["officer_id"] == asked)
    signer: Mapping[str, Any] | None = next(found, None)
    return signer


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
