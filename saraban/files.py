"""Handing files to intake and getting them from it: the client that the portal, mail, search and the command line use.

Files go over HTTP as streams, with a ticket each, and never through the broker. Under eventlet other greenlets run
while a file is on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable
from urllib.parse import quote

import requests

from saraban.broker.correlation import REQUEST_HEADER, correlation_id
from saraban.contracts.actor import SYSTEM, Actor
from saraban.contracts.errors import SarabanError
from saraban.contracts.errors import files as errors
from saraban.contracts.errors.broker import ServiceAway
from saraban.contracts.errors.log import StoreFull
from saraban.ports import Clock
from saraban.tickets import file_path, store_ticket

CHUNK = 256 * 1024
PATIENCE = (5.0, 120.0)
"""Seconds to wait for a connection, and for the next sign of life on it."""

_KNOWN: tuple[type[SarabanError], ...] = (
    errors.ChildKilled,
    errors.FileEmpty,
    errors.FileTooLarge,
    errors.FileTruncated,
    errors.FileTypeMismatch,
    errors.FileTypeNotTaken,
    errors.FileUnknown,
    errors.NotShowable,
    errors.TicketRefused,
    StoreFull,
)
_BY_CODE = {kind.code: kind for kind in _KNOWN}
_PASSED_ON = (
    "Accept-Ranges",
    "Content-Disposition",
    "Content-Length",
    "Content-Range",
    "Content-Security-Policy",
    "Content-Type",
    "ETag",
    "Location",
    "Referrer-Policy",
    "X-Content-Type-Options",
)


@runtime_checkable
class Readable(Protocol):
    """Anything that reads bytes: an open file, the body of a request."""

    def read(self, size: int = ..., /) -> bytes:
        """Up to `size` bytes; none at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relayed:
    """An answer of intake to be passed on as it is. Run through `chunks`, or close them."""

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class Files:
    """Intake's files. `address` is its base URL, `secret` the key of the tickets."""

    def __init__(self, address: str, secret: bytes, clock: Clock) -> None:
        self._address = address.rstrip("/")
        self._secret = secret
        self._clock = clock
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Accept-Encoding"] = "identity"
        self._session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=64))

    def put(
        self,
        stream: Readable | Iterable[bytes],
        *,
        name: str,
        media_type: str = "",
        actor: Actor = SYSTEM,
        size: int | None = None,
        limit: int | None = None,
        any_type: bool = False,
    ) -> dict[str, Any]:
        """Store a file and answer {sha256, name, media_type, size, duplicate}: `media_type` is what the content is,
        `duplicate` says that the same bytes were kept before. `size` when known spares a useless journey. With
        `any_type` no type is refused; what is none that we know is kept as `application/octet-stream`.

        Raises FileTooLarge, FileEmpty, FileTruncated, FileTypeMismatch, FileTypeNotTaken, StoreFull (nothing was
        stored), or ServiceAway (repeat it).
        """
        if limit is not None and size is not None and size > limit:
            raise errors.FileTooLarge({"limit": limit})
        ticket = store_ticket(self._secret, self._clock.now(), actor=actor, max_bytes=limit, any_type=any_type)
        with self._asked(
            "POST",
            f"/files?ticket={ticket}&name={quote(name, safe='')}",
            data=_body(stream, limit),
            headers={"Content-Type": media_type or "application/octet-stream"},
        ) as response:
            stored: dict[str, Any] = response.json()
            return stored

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a stored file, piece by piece. Raises FileUnknown, ServiceAway."""
        with self._asked("GET", file_path(self._secret, self._clock.now(), sha256)) as response:
            yield from _pieces(response)

    def read(self, sha256: str, limit: int) -> bytes:
        """A stored file whole. Raises FileTooLarge over `limit` bytes, FileUnknown, ServiceAway."""
        content = bytearray()
        for piece in self.chunks(sha256):
            content += piece
            if len(content) > limit:
                raise errors.FileTooLarge({"limit": limit})
        return bytes(content)

    def save(self, sha256: str, path: Path) -> None:
        """Copy a stored file to `path`. Raises FileUnknown, ServiceAway."""
        with path.open("wb") as file:
            file.writelines(self.chunks(sha256))

    def relay(self, path: str, range_header: str | None = None) -> Relayed:
        """Intake's answer to a path with its ticket, for passing on: the file, a part of it, or (307) where a large one
        is to be had. Raises what intake refuses."""
        wanted = {"Range": range_header} if range_header else {}
        response = self._answer("GET", path, headers=wanted, allow_redirects=False)
        headers = {name: response.headers[name] for name in _PASSED_ON if name in response.headers}
        return Relayed(status=response.status_code, headers=headers, chunks=_passed_on(response))

    @contextmanager
    def _asked(self, method: str, path: str, **how: Any) -> Iterator[requests.Response]:
        with self._answer(method, path, **how) as response:
            yield response

    def _answer(self, method: str, path: str, **how: Any) -> requests.Response:
        try:
            headers = {**how.pop("headers", {}), REQUEST_HEADER: correlation_id()}
            address = self._address + path
            response = self._session.request(method, address, headers=headers, stream=True, timeout=PATIENCE, **how)
        except requests.RequestException as error:
            raise ServiceAway({"what": "intake"}) from error
        if response.status_code >= 400:
            with response:
                raise _error(response)
        return response


def _body(stream: Readable | Iterable[bytes], limit: int | None) -> Iterator[bytes]:
    """The pieces of an upload, none empty. Raises FileTooLarge as soon as there is too much."""
    given = 0
    for piece in _taken_from(stream):
        given += len(piece)
        if limit is not None and given > limit:
            raise errors.FileTooLarge({"limit": limit})
        if piece:
            yield piece


def _taken_from(stream: Readable | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(stream, Readable):
        return iter(lambda: stream.read(CHUNK), b"")
    return stream


def _passed_on(response: requests.Response) -> Iterator[bytes]:
    with response:
        yield from _pieces(response)


def _pieces(response: requests.Response) -> Iterator[bytes]:
    try:
        yield from response.iter_content(CHUNK)
    except requests.RequestException as error:
        raise ServiceAway({"what": "intake"}) from error


def _error(response: requests.Response) -> SarabanError:
    try:
        problem = response.json()
        return _BY_CODE[problem["code"]](problem.get("values"))
    except (ValueError, KeyError, TypeError):
        return ServiceAway({"what": "intake"})
