"""Accounts: passwords, sessions and tokens for programs. These are records beside the views, never on the log:
a secret must be able to vanish.

Passwords are kept as argon2id hashes (RFC 9106), sessions and tokens as SHA-256 of a random 256-bit value.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from saraban.broker.threads import in_thread
from saraban.contracts import ids
from saraban.contracts.actor import Actor, to_wire
from saraban.contracts.errors import NotAllowed, NotFound, NotSignedIn
from saraban.contracts.errors.accounts import PasswordTooShort, TooManyTries, WrongPassword
from saraban.ports import Clock, Document, Views
from services.registry.domain.organisation import Organisation, actor_of

SHORTEST_PASSWORD = 10
FREE_TRIES = {"login": 5, "client": 50}
FORGET_TRIES = timedelta(minutes=15)
LONGEST_WAIT = 900

_HASHER = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
_ONE_AT_A_TIME = threading.Semaphore(2)


class Accounts:
    """Signing in and out. `people` answers the organisation as it stands."""

    def __init__(self, records: Views, clock: Clock, session_hours: float) -> None:
        self._records = records
        self._clock = clock
        self._session_length = timedelta(hours=session_hours)
        self._nobody = _HASHER.hash(secrets.token_hex(16))

    def set_password(self, login: str, officer_id: str, password: str) -> None:
        """Give an officer a password. Raises PasswordTooShort."""
        self.check_password(password)
        hashed = _hash(password)
        in_thread(self._records.put_record, "credentials", login, {"officer_id": officer_id, "hash": hashed})

    @staticmethod
    def check_password(password: str) -> None:
        """Raises PasswordTooShort."""
        if len(password) < SHORTEST_PASSWORD:
            raise PasswordTooShort({"field": "password", "minimum": SHORTEST_PASSWORD})

    def sign_in(self, organisation: Organisation, login: str, password: str, client: str) -> dict[str, Any]:
        """A fresh session. Raises WrongPassword, TooManyTries."""
        login = login.strip().casefold()
        self._check_tries(login, client)
        credentials = in_thread(self._records.record, "credentials", login)
        hashed = credentials["hash"] if credentials else self._nobody
        officer_id = str(credentials["officer_id"]) if credentials else ""
        if not _verified(hashed, password) or officer_id not in organisation.officers:
            self._count_try(login, client)
            raise WrongPassword
        in_thread(self._records.delete_record, "tries", f"login:{login}")
        return self._open_session(organisation, officer_id)

    def _open_session(self, organisation: Organisation, officer_id: str) -> dict[str, Any]:
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        expires = (self._clock.now() + self._session_length).isoformat(timespec="seconds")
        session = {"officer_id": officer_id, "csrf": csrf, "expires_at": expires}
        in_thread(self._records.put_record, "sessions", _digest(token), session)
        actor = actor_of(organisation.officer(officer_id), organisation)
        return {"token": token, "csrf": csrf, "actor": to_wire(actor), "expires_at": expires}

    def recognise(self, organisation: Organisation, token: str) -> dict[str, Any]:
        """Who is behind a session or token. Raises NotSignedIn."""
        for table, kind in (("sessions", "session"), ("tokens", "token")):
            known = in_thread(self._records.record, table, _digest(token))
            if known is not None and self._holds(known) and known["officer_id"] in organisation.officers:
                actor = actor_of(organisation.officer(known["officer_id"]), organisation)
                return {"actor": to_wire(actor), "csrf": known.get("csrf"), "kind": kind}
        raise NotSignedIn

    def sign_out(self, token: str) -> None:
        """End a session; one that is over already is no error."""
        in_thread(self._records.delete_record, "sessions", _digest(token))

    def change_password(self, actor: Actor, old: str, new: str) -> None:
        """Change one's own password. Raises WrongPassword, PasswordTooShort, TooManyTries."""
        self._check_tries(actor.login, "")
        credentials = in_thread(self._records.record, "credentials", actor.login)
        if credentials is None or not _verified(credentials["hash"], old):
            self._count_try(actor.login, "")
            raise WrongPassword
        self.set_password(actor.login, actor.officer_id, new)

    def create_token(self, actor: Actor, organisation: Organisation, name: str, officer_id: str) -> dict[str, Any]:
        """A token with which a program acts as an officer; shown this once. Officers make their own, administrators
        any."""
        if officer_id != actor.officer_id and not actor.has("administrator", "system"):
            raise NotAllowed
        organisation.officer(officer_id)
        token, token_id = secrets.token_urlsafe(32), ids.new_id()
        made = self._clock.now().isoformat(timespec="seconds")
        kept = {"token_id": token_id, "officer_id": officer_id, "name": name, "made_at": made}
        in_thread(self._records.put_record, "tokens", _digest(token), kept)
        return {"token": token, "token_id": token_id}

    def tokens(self, actor: Actor) -> list[dict[str, Any]]:
        """The tokens that the actor may revoke, without their secret."""
        return [dict(kept) for _, kept in self._own_tokens(actor)]

    def revoke_token(self, actor: Actor, token_id: str) -> None:
        """Make a token worthless. Raises NotFound."""
        for key, kept in self._own_tokens(actor):
            if kept["token_id"] == token_id:
                in_thread(self._records.delete_record, "tokens", key)
                return
        raise NotFound({"token_id": token_id})

    def _own_tokens(self, actor: Actor) -> list[tuple[str, Document]]:
        rows = in_thread(self._records.records, "tokens")
        everyone = actor.has("administrator")
        return [(key, kept) for key, kept in rows if everyone or kept["officer_id"] == actor.officer_id]

    def _holds(self, known: Mapping[str, Any]) -> bool:
        expires = known.get("expires_at")
        return expires is None or datetime.fromisoformat(expires) > self._clock.now()

    def _check_tries(self, login: str, client: str) -> None:
        for key in _tried(login, client):
            tries = in_thread(self._records.record, "tries", key)
            wait = self._wait(tries) if tries else 0
            if wait > 0:
                raise TooManyTries({"seconds": wait})

    def _wait(self, tries: Mapping[str, Any]) -> int:
        until = tries.get("until")
        return int((datetime.fromisoformat(until) - self._clock.now()).total_seconds() + 0.999) if until else 0

    def _count_try(self, login: str, client: str) -> None:
        now = self._clock.now()
        for key in _tried(login, client):
            known = in_thread(self._records.record, "tries", key) or {"count": 0, "last": now.isoformat()}
            recent = now - datetime.fromisoformat(known["last"]) < FORGET_TRIES
            count = known["count"] + 1 if recent else 1
            over = count - FREE_TRIES[key.partition(":")[0]]
            wait = min(LONGEST_WAIT, 2 ** min(over, 10)) if over >= 0 else 0
            until = (now + timedelta(seconds=wait)).isoformat() if wait else None
            in_thread(self._records.put_record, "tries", key, {"count": count, "last": now.isoformat(), "until": until})


def _tried(login: str, client: str) -> list[str]:
    return [f"login:{login}", *([f"client:{client}"] if client else [])]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _hash(password: str) -> str:
    with _ONE_AT_A_TIME:
        hashed: str = in_thread(_HASHER.hash, password)
        return hashed


def _verified(hashed: str, password: str) -> bool:
    try:
        with _ONE_AT_A_TIME:
            in_thread(_HASHER.verify, hashed, password)
    except VerifyMismatchError:
        return False
    return True


def may_watch(actor: Actor) -> None:
    """Figures and readiness tell of no letter, but of the house's weak hours: administrators see them. Raises
    NotAllowed."""
    if not actor.has("administrator", "system"):
        raise NotAllowed
