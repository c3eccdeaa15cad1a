"""Who asks: a browser by its session cookie, a program by `Authorization: Bearer`."""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Response, g, request

from portal.window import Services, window
from saraban.contracts.actor import Actor, from_wire
from saraban.contracts.errors import NotSignedIn, Unavailable
from saraban.contracts.errors.accounts import CsrfMismatch
from saraban.contracts.errors.requests import OtherSite

COOKIE = "saraban_session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A recognised token. `wire` is the actor as the services take it, `csrf` None for a program's token."""

    token: str
    kind: str
    actor: Actor
    wire: dict[str, Any]
    csrf: str | None


SOON = 0.7
"""The part of its time after which what is known of a token is asked anew, by one who then waits for the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A session that was told; moments of the clock at which it is to be asked for anew, and when it is too old."""

    soon: float
    until: float
    session: Session


class Recognitions:
    """Asks the registry whom a token belongs to and remembers the answer for `seconds`, so that a revoked token or a
    changed role counts everywhere after that time, and at once where it was changed (`forget`)."""

    def __init__(
        self,
        services: Services,
        *,
        seconds: float = 5.0,
        limit: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._services = services
        self._seconds = seconds
        self._limit = limit
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._asking: dict[str, threading.Lock] = {}
        self._forgotten = 0

    def of(self, token: str) -> Session:
        """The session of the token. Raises NotSignedIn. Of many who ask at once for the same, one asks the registry:
        as a rule before the answer is too old, so that the others need not wait."""
        found = self._fresh(token, ahead=token not in self._asking)
        if found is not None:
            return found
        with self._asking.setdefault(token, threading.Lock()):
            try:
                return self._fresh(token, ahead=True) or self._asked(token)
            finally:
                self._asking.pop(token, None)

    def forget(self, token: str | None = None) -> None:
        """Ask anew at the next request of the token, or of every token; what is being asked now does not count."""
        self._forgotten += 1
        if token is None:
            self._known.clear()
        else:
            self._known.pop(token, None)

    def _fresh(self, token: str, *, ahead: bool) -> Session | None:
        """What is known of the token and not too old; with `ahead`, not about to be either."""
        known = self._known.get(token)
        if known is None:
            return None
        return known.session if self._clock() < (known.soon if ahead else known.until) else None

    def _asked(self, token: str) -> Session:
        """What the registry says now. While it does not answer, what is not too old still holds."""
        forgotten = self._forgotten
        try:
            session = self._ask(token)
            return self._remember(token, session) if forgotten == self._forgotten else session
        except NotSignedIn:
            self.forget(token)
            raise
        except Unavailable:
            found = self._fresh(token, ahead=False)
            if found is None:
                raise
            return found

    def _remember(self, token: str, session: Session) -> Session:
        if len(self._known) >= self._limit:
            self._known.clear()
        now = self._clock()
        self._known[token] = _Known(soon=now + SOON * self._seconds, until=now + self._seconds, session=session)
        return session

    def _ask(self, token: str) -> Session:
        told = self._services.call("registry", "recognise", token=token)
        return Session(
            token=token, kind=told["kind"], actor=from_wire(told["actor"]), wire=told["actor"], csrf=told["csrf"]
        )


def current() -> Session | None:
    """The session of this request, or None when nobody is signed in. Raises NotSignedIn for a bad bearer token."""
    if "session" not in g:
        g.session = _recognise()
    found: Session | None = g.session
    return found


def required() -> Session:
    """The session of this request. Raises NotSignedIn."""
    session = current()
    if session is None:
        raise NotSignedIn
    return session


def guard() -> None:
    """Let no change through that another site could have sent. Runs before every request."""
    if request.method in SAFE_METHODS or _bearer() is not None:
        return
    _refuse_other_sites()
    session = current()
    if session is not None and not _csrf_matches(session):
        raise CsrfMismatch


def sign_in(login: str, password: str) -> dict[str, Any]:
    """A fresh session of the registry: token, csrf, actor, expires_at. Raises WrongPassword and Throttled."""
    told: dict[str, Any] = window().services.call(
        "registry", "sign_in", login=login, password=password, client=request.remote_addr or ""
    )
    return told


def sign_out() -> None:
    """End the session of this request, everywhere; nothing happens when nobody is signed in."""
    session = current()
    if session is not None:
        window().services.call("registry", "sign_out", token=session.token)
        window().recognitions.forget(session.token)


def set_cookie(response: Response, token: str) -> None:
    """Give the browser its session."""
    settings = window().settings
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(settings.session_hours * 3600),
        httponly=True,
        samesite="Lax",
        secure=settings.secure_cookies,
        path="/",
    )


def clear_cookie(response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=window().settings.secure_cookies)


def _recognise() -> Session | None:
    bearer = _bearer()
    if bearer is not None:
        return window().recognitions.of(bearer)
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    try:
        return window().recognitions.of(token)
    except NotSignedIn:
        return None


def _bearer() -> str | None:
    header = request.headers.get("Authorization", "")
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _refuse_other_sites() -> None:
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or (origin and urlsplit(origin).netloc != request.host):
        raise OtherSite({"origin": origin or "?"})


def _csrf_matches(session: Session) -> bool:
    given = request.headers.get("X-CSRF-Token")
    if given is None and request.mimetype in FORM_TYPES:
        given = request.form.get("csrf")
    return hmac.compare_digest((given or "").encode(), (session.csrf or "").encode()) and bool(session.csrf)
