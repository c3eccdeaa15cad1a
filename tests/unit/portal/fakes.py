"""Services that remember what they were asked and answer what a test gave them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from saraban.contracts.errors import NotSignedIn
from saraban.contracts.errors.files import FileTooLarge
from saraban.files import Relayed

CSRF = "csrf-of-the-session"

CLERK = {
    "officer_id": "somying",
    "login": "somying",
    "name": "นางสมหญิง ใจดี",
    "title": "เจ้าพนักงานธุรการชำนาญงาน",
    "unit_id": "central",
    "roles": ["registry_clerk", "officer"],
    "clearance": 2,
    "keys": ["officer:somying", "unit:central", "role:registry_clerk"],
}

ADMINISTRATOR = {
    **CLERK,
    "officer_id": "prasert",
    "login": "prasert",
    "roles": ["administrator"],
    "keys": ["officer:prasert"],
}


class RecordingServices:
    """Knows two browser sessions (`clerk`, `administrator`) and two program tokens (`clerk-token`,
    `administrator-token`). `answers` maps (service, method) to a value, an error or a function of the arguments."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        self.answers: dict[tuple[str, str], Any] = {}
        self.known = {
            "clerk": {"actor": CLERK, "csrf": CSRF, "kind": "session"},
            "administrator": {"actor": ADMINISTRATOR, "csrf": CSRF, "kind": "session"},
            "clerk-token": {"actor": CLERK, "csrf": None, "kind": "token"},
            "administrator-token": {"actor": ADMINISTRATOR, "csrf": None, "kind": "token"},
        }

    def call(self, service: str, method: str, *, timeout: float = 10.0, **arguments: Any) -> Any:
        self.calls.append((service, method, arguments))
        if (service, method) == ("registry", "recognise"):
            return self._recognise(arguments["token"])
        answer = self.answers.get((service, method), {"ready": True} if method == "ready" else {"position": 1})
        if isinstance(answer, Exception):
            raise answer
        return answer(**arguments) if isinstance(answer, Callable) else answer

    def last(self) -> tuple[str, str, dict[str, Any]]:
        """The last call that was not about who asks."""
        return [call for call in self.calls if call[1] != "recognise"][-1]

    def count(self, service: str, method: str) -> int:
        return sum(1 for call in self.calls if call[:2] == (service, method))

    def _recognise(self, token: str) -> dict[str, Any]:
        if token not in self.known:
            raise NotSignedIn
        return self.known[token]


class FakeFiles:
    """Keeps what was put; relays what a test laid under a path."""

    def __init__(self) -> None:
        self.put_with: dict[str, Any] = {}
        self.content = b""
        self.largest_piece = 0
        self.asked: list[tuple[str, str | None]] = []
        self.relayed = Relayed(status=200, headers={"Content-Type": "application/pdf"}, chunks=iter([b"%PDF-1.7"]))

    def put(self, stream: Any, **told: Any) -> dict[str, Any]:
        if told["size"] is not None and told["size"] > told["limit"]:
            raise FileTooLarge({"limit": told["limit"]})
        while piece := stream.read(65536):
            self.content += piece
            self.largest_piece = max(self.largest_piece, len(piece))
        self.put_with = told
        return {"sha256": "a" * 64, "name": told["name"], "media_type": told["media_type"], "size": len(self.content)}

    def relay(self, path: str, range_header: str | None = None) -> Relayed:
        self.asked.append((path, range_header))
        return self.relayed
