"""Letters and drafts to try acts on, made through the API itself."""

from __future__ import annotations

from typing import Any

from tests.house import Client, House, until
from tests.integration.access.people import HEAD, PEOPLE, UNIT

WRITERS = {"own": "anan", "other": "nida", "classified": "prasit"}
NO_SHA = "0" * 64


class Scene:
    """A house with a client for each person, and fresh things to act on."""

    def __init__(self, house: House) -> None:
        self.house = house
        chief = house.client(house.token("admin"))
        tokens = {one: chief.did("POST", "/tokens", {"name": "matrix", "officer_id": one}) for one in PEOPLE}
        chief.close()
        self.clients: dict[str, Client] = {one: house.client(told["token"]) for one, told in tokens.items()}
        self.nobody = house.client()
        self.file = self._file()

    def letter(self, kind: str) -> dict[str, Any]:
        """A registered letter, circulated to the unit of its kind, with an order to that unit's head."""
        clerk = self.clients["wichai"]
        secrecy = "confidential" if kind == "classified" else "normal"
        particulars = {"subject": f"หนังสือทดสอบสิทธิ์ {kind}", "sender": "สพฐ.", "secrecy": secrecy}
        received = clerk.did("POST", "/letters", {"particulars": particulars, "files": [self.file]})
        letter_id = received["letter_id"]
        clerk.did("POST", f"/letters/{letter_id}/circulations", {"to": [{"kind": "unit", "id": UNIT[kind]}]})
        order = {"text": "โปรดดำเนินการ", "order": "assign", "to": {"kind": "officer", "id": HEAD[kind]}}
        ordered = clerk.did("POST", f"/letters/{letter_id}/endorsements", order)
        known = {"letter_id": letter_id, "sha256": self.file["sha256"], "action_id": ordered["action_id"]}
        return self._seen({**known, "after": ordered["position"]}, "wichai")

    def draft(self, kind: str) -> dict[str, Any]:
        """A draft of the unit of its kind."""
        secrecy = "confidential" if kind == "classified" else "normal"
        told = self.clients[WRITERS[kind]].did("POST", "/drafts", draft_body(secrecy))
        known = {"letter_id": told["letter_id"], "secrecy": secrecy}
        return self._seen({**known, "after": told["position"]}, WRITERS[kind])

    def presented(self, kind: str) -> dict[str, Any]:
        """A draft that lies with the unit's head."""
        made = self.draft(kind)
        place, head = f"/drafts/{made['letter_id']}/presentation", {"to_officer_id": HEAD[kind]}
        told = self.clients[WRITERS[kind]].did("POST", place, head)
        return self._seen({**made, "after": told["position"]}, HEAD[kind])

    def signed(self, kind: str) -> dict[str, Any]:
        """A letter that the unit's head has signed."""
        made = self.presented(kind)
        told = self.clients[HEAD[kind]].did("POST", f"/drafts/{made['letter_id']}/signature")
        known = {**made, "delivery_id": f"{made['letter_id']}-1"}
        return self._seen({**known, "after": told["position"]}, HEAD[kind])

    def sent(self, kind: str) -> dict[str, Any]:
        """A letter that has been given out, once its fair copy was made."""
        made, head = self.signed(kind), self.clients[HEAD[kind]]
        until(lambda: head.did("GET", f"/letters/{made['letter_id']}")["fair_copy"])
        told = head.did("POST", f"/drafts/{made['letter_id']}/dispatch")
        until(lambda: head.did("GET", f"/letters/{made['letter_id']}/deliveries?after={told['position']}")["rows"])
        return {**made, "after": told["position"]}

    def nothing(self, _kind: str) -> dict[str, Any]:
        """For acts that are about no letter."""
        return {"sha256": NO_SHA, "service": "routing", "kind": "receive"}

    def _seen(self, thing: dict[str, Any], person: str) -> dict[str, Any]:
        """The thing, once every view has it."""
        place, after = f"/letters/{thing['letter_id']}", f"after={thing['after']}"
        for view in ("?", "/circulation?", "/deliveries?"):
            self.clients[person].did("GET", f"{place}{view}{after}")
        return thing

    def close(self) -> None:
        for client in (*self.clients.values(), self.nobody):
            client.close()

    def _file(self) -> dict[str, Any]:
        headers = {"Content-Type": "text/plain"}
        content = "บันทึกสำหรับทดสอบสิทธิ์".encode()
        told = self.clients["wichai"].did("POST", "/files?name=note.txt", content, headers=headers)
        return {name: told[name] for name in ("sha256", "name", "media_type", "size")}


def draft_body(secrecy: str) -> dict[str, Any]:
    return {
        "particulars": {"subject": "ร่างทดสอบสิทธิ์", "addressee": "เลขาธิการ กพฐ.", "secrecy": secrecy},
        "body": ["ด้วยมีเหตุอันควร"],
        "recipients": [{"name": "สพฐ.", "channel": "paper", "address": "ถนนราชดำเนินนอก กรุงเทพฯ"}],
    }
