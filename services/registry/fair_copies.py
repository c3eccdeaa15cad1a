"""Fair copies: the PDFs of outgoing letters, made by intake from what was signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saraban import tickets
from saraban.broker.threads import in_thread
from saraban.contracts.actor import Actor
from saraban.contracts.errors import SarabanError
from saraban.contracts.errors.letters import LetterNotFound, NotInThisState
from saraban.contracts.letters import FileRef
from saraban.contracts.shapes import shaped
from saraban.journal import journal
from services.registry import queries
from services.registry.bootstrap import Registry
from services.registry.handlers import outgoing
from services.registry.views import LETTERS

log = journal(__name__)

SECONDS = 60.0


def make_waiting(registry: Registry) -> None:
    """Make the fair copy of every signed letter that has none."""
    for found in in_thread(registry.views.find, LETTERS, "work", ["fair_copy"], limit=100):
        try:
            _make(registry, found.doc)
        except SarabanError as error:
            log.warning("fair copy not made", letter_id=found.key, code=error.code)


def make_sure(registry: Registry, letter_id: str) -> None:
    """Make the fair copy of a letter that is about to be sent, when it has none yet."""
    registry.follower.wait_for(in_thread(registry.store.head).position)
    doc = in_thread(registry.views.get, LETTERS, letter_id)
    if doc is not None and doc["status"] == "signed" and not doc["fair_copy"]:
        _make(registry, doc)


def preview(registry: Registry, actor: Actor, letter_id: str) -> dict[str, Any]:
    """The way to a draft as it will look. Raises LetterNotFound, NotInThisState for what is no draft of ours."""
    doc = in_thread(queries.letter_seen_by, registry.views, actor, letter_id)
    if doc["direction"] != "outgoing":
        raise NotInThisState({"status": doc["status"]})
    if doc["particulars"]["secrecy"] != "normal" and not doc["unit_id"]:
        raise LetterNotFound({"letter_id": letter_id})
    file = registry.services.call("intake", "compose", timeout=SECONDS, letter=_letter(registry, doc))
    now = registry.clerk.clock.now()
    path = tickets.file_path(registry.secret, now, file["sha256"], name=file["name"], media_type="application/pdf")
    return {"path": path, "name": file["name"], "media_type": "application/pdf"}


def _make(registry: Registry, doc: Mapping[str, Any]) -> None:
    file = registry.services.call("intake", "compose", timeout=SECONDS, letter=_letter(registry, doc))
    kept = shaped({**file, "role": "fair_copy"}, FileRef)
    outgoing.keep_fair_copy(registry.clerk, doc["letter_id"], kept)


def _letter(registry: Registry, doc: Mapping[str, Any]) -> dict[str, Any]:
    """What stands on the paper (fields of saraban.paper.external_letter.ExternalLetter)."""
    organisation = registry.organisation()
    agency, unit = organisation.agency, organisation.unit(doc["unit_id"])
    head = organisation.officers.get(doc["presented_to"] or "")
    particulars, signature = doc["particulars"], doc["signature"]
    return {
        "agency": agency.name if agency else "",
        "address": agency.address if agency else "",
        "subject": particulars["subject"],
        "addressee": particulars["addressee"] or ", ".join(one["name"] for one in doc["recipients"]),
        "body": list(doc["body"]),
        "number": doc["sent_number"] or f"{unit.code}/",
        "dated": doc["dated"],
        "references": list(particulars["references"]),
        "enclosures": list(particulars["enclosures"]),
        "closing": doc["closing"],
        "signer_name": signature["name"] if signature else (head.name if head else ""),
        "signer_title": signature["title"] if signature else (head.title if head else ""),
        "signed_by": signature["name"] if signature else "",
        "signed_at": signature["at"] if signature else None,
        "owner_unit": unit.name,
        "telephone": agency.telephone if agency else "",
        "email": agency.email if agency else "",
        "urgency": particulars["urgency"],
        "deliver_by": particulars.get("deliver_by"),
        "secrecy": particulars["secrecy"],
        "thai_numerals": registry.settings.thai_digits,
    }
