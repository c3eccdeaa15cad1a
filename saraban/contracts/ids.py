"""Names of things that travel between services.

Stream names tell what a stream is about; the part after the colon is the id of that thing.
"""

from __future__ import annotations

import secrets
import time

ORGANISATION_STREAM = "organisation"


def new_id() -> str:
    """A fresh id, 22 lower-case hexadecimal digits; ids made later sort later (to the millisecond)."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(5)}"


def letter_stream(letter_id: str) -> str:
    """The stream of everything that happened to one letter, whichever service says it."""
    return f"letter:{letter_id}"


def file_stream(sha256: str) -> str:
    """The stream of one stored file, named by the SHA-256 of its bytes."""
    return f"file:{sha256}"


def mail_stream(sha256: str) -> str:
    """The stream of one fetched e-mail, named by the SHA-256 of its raw bytes."""
    return f"mail:{sha256}"


def book_stream(book_id: str) -> str:
    """The stream of a register: one event per number and nothing else, so version n is the n-th number."""
    return f"book:{book_id}"


def book_notes_stream(book_id: str) -> str:
    """What is said about a register's numbers (its start, voids, use of reserved numbers) without taking one."""
    return f"book-notes:{book_id}"


def book_id(unit_id: str, kind: str, year: int) -> str:
    """The register of one unit, kind (`receive`, `send`, `circular`, `order`) and Buddhist year."""
    return f"{unit_id}:{kind}:{year}"
